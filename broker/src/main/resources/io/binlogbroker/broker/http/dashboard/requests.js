// Sends what changes a group. The token is kept until the page is closed.

import {h} from './preact.js';
import {position} from './format.js';
import {words} from './words.js';

const LIMIT = 30000; // the broker itself ends an action after 20 s
const access = {token: '', asked: false};

export const groupPath = group => 'api/v1/groups/' + encodeURIComponent(group);

/** Returns {ok, status, text, revision}; text is the reason of a refusal. */
export async function send(method, path, body, more = {}) {
  const headers = {'Content-Type': 'application/json', ...more};
  if (access.token) headers.Authorization = 'Bearer ' + access.token;
  try {
    const answer = await fetch(path, {method, headers, body, signal: AbortSignal.timeout(LIMIT)});
    const text = await answer.text();
    if (answer.status === 401) Object.assign(access, {token: '', asked: true});
    const json = answer.headers.get('Content-Type')?.startsWith('application/json') ? JSON.parse(text) : {text};
    return {text: '', revision: 0, ...json, ok: answer.ok, status: answer.status};
  } catch (e) {
    return {ok: false, status: 0, text: words().noAnswer, revision: 0};
  }
}

/** Asks for the token, once the broker has. */
export const tokenField = () => access.asked && h('label', null, 'AdminToken', h('input', {
  type: 'password', required: true, value: access.token, autocomplete: 'off',
  onInput: event => {
    access.token = event.target.value;
  },
}));

/** Why the broker refuses, and what to do. */
export function refusal(text) {
  if (!text) return null;
  const [reason, fix] = text.split('; fix: ');
  return h('div', {role: 'alert', class: 'error'}, reason, fix && h('div', null, words().fix + fix));
}

/** What has become of a revision that was written. */
export function outcome(revision, detail) {
  const rules = detail?.rules;
  if (rules?.refusal && rules.refused_revision >= revision) return rules.refusal;
  return rules && rules.applied_revision >= revision
    ? words().inForce(revision, position(rules.applied_from)) : words().written(revision);
}
