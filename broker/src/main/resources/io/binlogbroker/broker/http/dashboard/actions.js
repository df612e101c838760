// The dialog of an action: what to do, what will happen, the confirmation, and the result in words.

import {Component, createRef, h} from './preact.js';
import {poll, tableName} from './broker.js';
import {duration, text} from './format.js';
import {groupPath, outcome, refusal, send, tokenField} from './requests.js';
import {words} from './words.js';

const view = {action: null, step: 'edit', fields: {}, error: '', revision: 0};
let changed = () => {};

const schemaAndTable = fields => ({schema: fields.schema, table: fields.table});
const listed = fields => fields.tables.split(/[\s,]+/).filter(name => name);

/**
 * Each action by its name in the API. `form` is what must be known first, `effects` what will happen,
 * `done` the result where none is a revision of the configuration.
 */
const ACTIONS = {
  'pause': {
    effects: (w, fields, detail) => [w.willPause, w.pauseEnds, detail?.seconds_to_purge !== undefined
        && w.pauseLimit(text(duration(detail.seconds_to_purge)))],
    done: w => w.didPause,
  },
  'resume': {effects: w => [w.willResume], done: w => w.didResume},
  'resign': {effects: w => [w.willResign, w.mayReturn], done: w => w.didResign},
  'add-table': {
    form: tableForm,
    effects: (w, fields) => [
      w.willDeliver(tableName(fields), fields.topic || w.topicHint), w.willKey(fields.key || w.keyHint),
      fields.snapshot ? w.willCopy : w.willNotCopy, w.whenInForce],
    body: fields => ({
      ...schemaAndTable(fields), topic: fields.topic || undefined, key: fields.key || undefined,
      snapshot: fields.snapshot || undefined,
    }),
  },
  'remove-table': {
    effects: (w, fields) => [w.willRemove(tableName(fields)), w.willKeep, w.whenInForce],
    body: schemaAndTable,
  },
  'start-snapshot': {
    form: snapshotForm,
    effects: (w, fields) => [
      w.willRead(listed(fields).join(', ')), fields.where ? w.onlyWhere(fields.where) : w.allRows, w.fromFirst],
    body: fields => ({tables: listed(fields), where: fields.where || undefined}),
    done: w => w.didStart,
  },
  'pause-snapshot': ofSnapshot(w => w.willStopReading),
  'resume-snapshot': ofSnapshot(w => w.willReadOn),
  'cancel-snapshot': ofSnapshot(w => w.willEndSnapshot),
};

function ofSnapshot(effect) {
  return {
    effects: (w, fields) => [fields.tables + ': ' + effect(w)],
    body: fields => ({tables: [fields.tables]}),
    done: w => w.didRequest,
  };
}

/** Opens the dialog of an action, with the fields that are known already. */
export function ask(action, fields, onChange) {
  changed = onChange;
  set({action, fields, step: ACTIONS[action].form ? 'edit' : 'confirm', error: '', revision: 0});
}

function set(change) {
  Object.assign(view, change);
  changed();
}

const close = () => set({action: null});
const setField = (name, value) => set({fields: {...view.fields, [name]: value}});

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
  const title = words().action[view.action];
  const step = {edit, confirm, sending, done}[view.step];
  return h(Modal, {label: title}, h('h2', null, title), step(group, detail));
}

const form = (onSubmit, ...children) => h('form', {
  onSubmit: event => {
    event.preventDefault();
    onSubmit();
  },
}, children);

const field = (name, label, required, hint) => h('label', null, label, h('input', {
  name, required, placeholder: hint, value: view.fields[name] ?? '', autocomplete: 'off', spellcheck: false,
  onInput: event => setField(name, event.target.value),
}));

const buttons = (...more) =>
    h('div', {class: 'buttons'}, h('button', {type: 'button', onClick: close}, words().cancel), more);

const edit = () => form(() => set({step: 'confirm'}), ACTIONS[view.action].form(words()),
    buttons(h('button', {class: 'primary'}, words().preview)));

function tableForm(w) {
  return [
    field('schema', w.schema, true), field('table', w.table, true),
    field('topic', w.topic, false, w.topicHint), field('key', w.key, false, w.keyHint),
    h('label', {class: 'check'}, h('input', {
      type: 'checkbox', checked: !!view.fields.snapshot,
      onChange: event => setField('snapshot', event.target.checked),
    }), w.withSnapshot),
  ];
}

function snapshotForm(w) {
  return [
    field('tables', w.tableNames, true, 'mall_db.orders, mall_db.goods'),
    field('where', w.where, false, "created_at >= '2026-01-01'"),
  ];
}

function confirm(group, detail) {
  const w = words();
  const action = ACTIONS[view.action];
  return form(() => act(group.group),
      h('ul', null, action.effects(w, view.fields, detail).map(effect => effect && h('li', null, effect))),
      refusal(view.error), tokenField(),
      buttons(
          action.form && h('button', {type: 'button', onClick: () => set({step: 'edit', error: ''})}, w.change),
          h('button', {class: 'primary'}, w.action[view.action])));
}

const sending = () => h('p', {role: 'status'}, words().sending);

function done(group, detail) {
  const w = words();
  return [
    h('p', {role: 'status'},
        view.revision ? outcome(view.revision, detail) : ACTIONS[view.action].done(w)),
    h('div', {class: 'buttons'}, h('button', {type: 'button', onClick: close}, w.close)),
  ];
}

async function act(group) {
  const {action, fields} = view;
  set({step: 'sending', error: ''});
  const body = ACTIONS[action].body?.(fields);
  const answer = await send('POST', groupPath(group) + '/actions/' + action, body && JSON.stringify(body));
  if (answer.ok) {
    set({step: 'done', revision: answer.revision});
    poll();
  } else {
    set({step: 'confirm', error: answer.text});
  }
}
