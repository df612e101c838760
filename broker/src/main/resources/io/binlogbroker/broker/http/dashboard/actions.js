// Adds and removes tables: what to do, what will happen, and the moment from which it holds.

import {Component, createRef, h} from './preact.js';
import {position} from './format.js';
import {words} from './words.js';

const LIMIT = 30000; // the broker itself ends an action after 20 s
const view = {action: null, step: 'edit', fields: {}, error: '', asksToken: false, token: '', revision: 0};
let changed = () => {};

/** Opens the dialog. `action` is add-table or remove-table. */
export function ask(action, fields, onChange) {
  changed = onChange;
  Object.assign(view, {action, fields, step: 'edit', error: '', revision: 0});
  if (action === 'remove-table') view.step = 'confirm';
  changed();
}

function set(change) {
  Object.assign(view, change);
  changed();
}

const close = () => set({action: null});

/** A dialog that keeps the keyboard's focus inside, as browsers do. */
class Modal extends Component {
  box = createRef();

  componentDidMount() {
    this.box.current.showModal();
  }

  render({label, children}) {
    return h('dialog', {ref: this.box, 'aria-label': label, onClose: close}, children);
  }
}

export function dialog(group, detail) {
  if (view.action === null) return null;
  const w = words();
  const title = view.action === 'add-table' ? w.addTable : w.removeTable;
  const step = {edit, confirm, sending, done}[view.step];
  return h(Modal, {label: title}, h('h2', null, title), step(group, detail));
}

const field = (name, label, required, hint) => h('label', null, label,
    h('input', {
      name, required, placeholder: hint, value: view.fields[name] ?? '', autocomplete: 'off', spellcheck: false,
      onInput: event => set({fields: {...view.fields, [name]: event.target.value}}),
    }));

const buttons = (...more) =>
    h('div', {class: 'buttons'}, h('button', {type: 'button', onClick: close}, words().cancel), more);

function edit() {
  const w = words();
  return h('form', {
    onSubmit: event => {
      event.preventDefault();
      set({step: 'confirm'});
    },
  },
  field('schema', w.schema, true), field('table', w.table, true),
  field('topic', w.topic, false, w.topicHint), field('key', w.key, false, w.keyHint),
  h('label', {class: 'check'}, h('input', {
    type: 'checkbox', checked: !!view.fields.snapshot,
    onChange: event => set({fields: {...view.fields, snapshot: event.target.checked}}),
  }), w.withSnapshot),
  buttons(h('button', {class: 'primary'}, w.preview)));
}

function confirm(group) {
  const w = words();
  const fields = view.fields;
  const name = fields.schema + '.' + fields.table;
  const adds = view.action === 'add-table';
  return h('form', {
    onSubmit: event => {
      event.preventDefault();
      send(group.group);
    },
  },
  adds
      ? h('ul', null, h('li', null, w.willDeliver(name, fields.topic || w.topicHint)),
          h('li', null, w.willKey(fields.key || w.keyHint)),
          h('li', null, fields.snapshot ? w.willCopy : w.willNotCopy))
      : h('ul', null, h('li', null, w.willRemove(name)), h('li', null, w.willKeep)),
  h('p', {class: 'sub'}, w.whenInForce),
  view.error && h('p', {role: 'alert', class: 'error'}, view.error),
  view.asksToken && h('label', null, 'AdminToken', h('input', {
    type: 'password', required: true, value: view.token, autocomplete: 'off',
    onInput: event => set({token: event.target.value}),
  })),
  buttons(adds && h('button', {type: 'button', onClick: () => set({step: 'edit', error: ''})}, w.change),
      h('button', {class: 'primary'}, adds ? w.addTable : w.removeTable)));
}

const sending = () => h('p', {role: 'status'}, words().sending);

function done(group, detail) {
  const w = words();
  const rules = detail?.rules;
  const refused = rules?.refusal && rules.refused_revision >= view.revision;
  const inForce = rules && rules.applied_revision >= view.revision;
  return [
    h('p', {role: 'status'}, refused ? rules.refusal
        : inForce ? w.inForce(view.revision, position(rules.applied_from)) : w.written(view.revision)),
    h('div', {class: 'buttons'}, h('button', {type: 'button', onClick: close}, w.close)),
  ];
}

async function send(group) {
  const {action, fields, token} = view;
  const body = {schema: fields.schema, table: fields.table};
  if (action === 'add-table') {
    if (fields.topic) body.topic = fields.topic;
    if (fields.key) body.key = fields.key;
    if (fields.snapshot) body.snapshot = true;
  }
  const headers = {'Content-Type': 'application/json'};
  if (token) headers.Authorization = 'Bearer ' + token;
  set({step: 'sending', error: ''});
  try {
    const answer = await fetch('api/v1/groups/' + encodeURIComponent(group) + '/actions/' + action,
        {method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(LIMIT)});
    const text = await answer.text();
    if (answer.ok) {
      set({step: 'done', revision: JSON.parse(text).revision});
      return;
    }
    const json = answer.headers.get('Content-Type')?.startsWith('application/json');
    set({
      step: 'confirm', asksToken: view.asksToken || answer.status === 401, token: answer.status === 401 ? '' : token,
      error: json ? JSON.parse(text).text : text,
    });
  } catch (e) {
    set({step: 'confirm', error: words().noAnswer});
  }
}
