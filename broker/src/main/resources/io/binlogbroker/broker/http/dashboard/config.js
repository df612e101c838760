// The configuration: shown, edited, checked by the broker, compared with the stored text, and saved.

import {h} from './preact.js';
import {poll} from './broker.js';
import {compare, merge} from './diff.js';
import {groupPath, outcome, refusal, send, tokenField} from './requests.js';
import {words} from './words.js';

const drafts = new Map(); // by group: {base, text, open, step, error, preview, revision}
let changed = () => {};

// The browser asks before an edited text is lost.
addEventListener('beforeunload', event => {
  if ([...drafts.values()].some(draft => draft.step !== 'done' && isEdited(draft))) event.preventDefault();
});

const isEdited = draft => draft.text !== draft.base.text;

export function configuration(group, config, detail, onChange) {
  const w = words();
  changed = onChange;
  if (!config) return null;
  const draft = drafts.get(group);
  const steps = {edit, compared, sending, done};
  return h('section', {class: 'panel', id: 'configuration', 'aria-label': w.configuration},
      h('div', {class: 'head'}, h('h2', null, w.configuration + ' · ' + w.revision(config.revision)),
          !draft?.open && h('button', {onClick: () => open(group, config)}, draft ? w.continueEditing : w.edit)),
      draft?.open ? steps[draft.step](group, draft, config, detail) : shown(config));
}

const shown = config => h('details', null, h('summary', null, words().show),
    region(words().configuration, [config.text, config.broker].filter(part => part).join('\n\n')));

const region = (label, ...content) =>
    h('pre', {class: 'config', tabIndex: 0, role: 'region', 'aria-label': label}, content);

function open(group, config) {
  const draft = drafts.get(group) ?? {base: config, text: config.text};
  drafts.set(group, draft);
  set(draft, {open: true, step: 'edit', error: ''});
}

function set(draft, change) {
  Object.assign(draft, change);
  changed();
}

function discard(group) {
  drafts.delete(group);
  changed();
}

const button = (label, onClick) => h('button', {type: 'button', onClick}, label);
const primary = label => h('button', {class: 'primary'}, label);
const focus = element => element?.focus();

const form = (onSubmit, ...children) => h('form', {
  class: 'editor', onSubmit: event => {
    event.preventDefault();
    onSubmit();
  },
}, children);

function edit(group, draft, config, detail) {
  const w = words();
  return form(() => check(group, draft, config, detail),
      h('label', {for: 'config-text'}, w.configText),
      h('p', {class: 'sub', id: 'config-hint'}, w.configHint),
      h('textarea', {
        id: 'config-text', 'aria-describedby': 'config-hint', ref: focus, class: 'config', rows: 20, required: true,
        spellcheck: false, autocomplete: 'off', autocapitalize: 'off', wrap: 'off', value: draft.text,
        onInput: event => set(draft, {text: event.target.value}),
      }),
      conflict(draft, config), refused(detail), refusal(draft.error), tokenField(),
      h('div', {class: 'buttons'},
          isEdited(draft) && button(w.discard, () => discard(group)),
          button(w.close, () => isEdited(draft) ? set(draft, {open: false}) : discard(group)),
          primary(w.check)));
}

/** What the broker has found, and the difference; saved only after both have been shown. */
function compared(group, draft, config, detail) {
  const w = words();
  return form(() => save(group, draft, config, detail),
      h('h3', {tabIndex: -1, ref: focus}, w.valid),
      [['rules_added', w.rulesAdded], ['rules_removed', w.rulesRemoved], ['restart', w.restart], ['notes', w.notes]]
          .map(([key, title]) => draft.preview[key].length > 0 && h('div', {key}, title,
              h('ul', null, draft.preview[key].map(line => h('li', null, line))))),
      isEdited(draft) ? difference(w.difference, draft.base.text, draft.text) : h('p', {class: 'sub'}, w.unchanged),
      conflict(draft, config), refused(detail), refusal(draft.error), tokenField(),
      h('div', {class: 'buttons'}, button(w.change, () => set(draft, {step: 'edit', error: ''})), primary(w.save)));
}

const sending = () => h('p', {role: 'status'}, words().sending);

function done(group, draft, config, detail) {
  return [
    h('p', {role: 'status', tabIndex: -1, ref: focus}, outcome(draft.revision, detail)),
    h('div', {class: 'buttons'}, button(words().close, () => discard(group))),
  ];
}

function difference(label, before, after) {
  let last = null;
  return region(label, compare(before, after).map(({sign, line, number}) => {
    const gap = last !== null && number !== null && number > last + 1 ? '…\n' : '';
    last = number ?? last;
    return [gap, h({'-': 'del', '+': 'ins', ' ': 'span'}[sign], null, sign + ' ' + line + '\n')];
  }));
}

/** Somebody has saved another text meanwhile: what it changes, and how both can be kept. */
function conflict(draft, config) {
  if (draft.base.text === config.text) return null;
  const w = words();
  const merged = merge(draft.base.text, draft.text, config.text);
  const rebase = text => set(draft, {base: config, text, step: 'edit', error: ''});
  return h('div', {class: 'panel notice', role: 'alert'},
      h('b', null, w.changedMeanwhile(config.revision)),
      difference(w.otherChanges, draft.base.text, config.text),
      merged === null && h('div', null, w.sameLines),
      h('div', {class: 'buttons'},
          merged !== null && button(w.merge, () => rebase(merged)), button(w.replace, () => rebase(draft.text))));
}

/** The revision to replace: that of the text that was edited, or a refused one, which is shown nowhere. */
function expected(draft, config, detail) {
  const known = draft.base.text === config.text ? config.revision : draft.base.revision;
  return Math.max(known, detail?.rules.refusal ? detail.rules.refused_revision : 0);
}

const refused = detail => detail?.rules.refusal
    && h('p', {class: 'sub'}, words().replacesRefused(detail.rules.refused_revision));

async function put(group, draft, config, detail, query) {
  const {step} = draft;
  const revision = expected(draft, config, detail);
  set(draft, {step: 'sending', error: ''});
  const answer = await send('PUT', groupPath(group) + '/config' + query, draft.text, {'If-Match': `"${revision}"`});
  if (!answer.ok) set(draft, {step, error: answer.text});
  poll();
  return answer;
}

async function check(group, draft, config, detail) {
  const answer = await put(group, draft, config, detail, '?validate=true');
  if (answer.ok) set(draft, {step: 'compared', preview: answer.preview});
}

async function save(group, draft, config, detail) {
  const answer = await put(group, draft, config, detail, '');
  if (answer.ok) set(draft, {step: 'done', revision: answer.revision});
}
