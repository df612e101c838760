// The tables of a group, with search and order.

import {h} from './preact.js';
import {ask} from './actions.js';
import {tableName} from './broker.js';
import {ago, count, rate, utc} from './format.js';
import {words} from './words.js';

const FIRST = 100; // more rows would make the page slow
const view = {search: '', sort: 'name', down: false, all: false};

const COLUMNS = [
  {id: 'name', title: w => w.table, value: table => tableName(table)},
  {id: 'topic', title: w => w.topic, value: table => table.topic ?? ''},
  {id: 'key', title: w => w.key, value: table => table.key ?? ''},
  {id: 'state', title: w => w.state, value: table => ORDER.indexOf(stateOf(table))},
  {id: 'insert', title: w => w.insert, right: true, value: table => table.rows.insert ?? 0},
  {id: 'update', title: w => w.update, right: true, value: table => table.rows.update ?? 0},
  {id: 'delete', title: w => w.delete, right: true, value: table => table.rows.delete ?? 0},
  {id: 'last', title: w => w.lastChange, right: true, value: table => Date.parse(table.last_change ?? 0)},
  {id: 'rate', title: w => w.perSecond, right: true, value: (table, rates) => rates.get(tableName(table)) ?? -1},
];

const ORDER = ['parked', 'failed', 'reading', 'paused', 'streaming', 'none'];

function stateOf(table) {
  if (table.parked) return 'parked';
  if (['failed', 'reading', 'paused'].includes(table.snapshot)) return table.snapshot;
  return table.topic === null ? 'none' : 'streaming';
}

export function tables(group, detail, all, rates, changed) {
  const w = words();
  if (!all) return null;
  const wanted = view.search.trim().toLowerCase();
  const found = all.filter(table => (tableName(table) + ' ' + (table.topic ?? '')).toLowerCase().includes(wanted));
  const column = COLUMNS.find(each => each.id === view.sort);
  found.sort((a, b) => compare(column.value(a, rates), column.value(b, rates)) * (view.down ? -1 : 1)
      || compare(tableName(a), tableName(b)));
  const shown = view.all ? found : found.slice(0, FIRST);
  const snapshots = new Map((detail?.snapshots ?? []).map(each => [tableName(each), each]));
  const set = change => {
    Object.assign(view, change);
    changed();
  };
  return h('section', {class: 'panel', id: 'tables', 'aria-label': w.tables},
      h('div', {class: 'head'},
          h('h2', null, w.tables + ' · ' + w.tableCount(count(found.length))),
          h('div', {class: 'buttons'}, h('input', {
            type: 'search', placeholder: w.search, 'aria-label': w.search, value: view.search,
            onInput: event => set({search: event.target.value}),
          }), h('button', {onClick: () => ask('add-table', {}, changed)}, w.action['add-table'] + '…'))),
      h('div', {class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': w.tables},
          h('table', null,
              h('thead', null, h('tr', null, COLUMNS.map(each => heading(each, set)),
                  h('th', {scope: 'col'}, h('span', {class: 'unseen'}, w.tableActions)))),
              h('tbody', null, shown.map(table => row(group, table, snapshots, rates, changed))))),
      found.length === 0 && h('p', {class: 'sub'}, w.noTables),
      found.length > shown.length && h('button', {onClick: () => set({all: true})}, w.showAll(count(found.length))),
      h('p', {class: 'sub'}, w.sinceStartNote));
}

const compare = (a, b) => typeof a === 'number' ? a - b : a.localeCompare(b);

function heading(column, set) {
  const sorted = view.sort === column.id;
  return h('th', {
    scope: 'col', class: column.right ? 'r' : '',
    'aria-sort': sorted ? (view.down ? 'descending' : 'ascending') : 'none',
  }, h('button', {onClick: () => set({sort: column.id, down: sorted ? !view.down : !!column.right})},
      column.title(words()) + (sorted ? (view.down ? ' ↓' : ' ↑') : '')));
}

function row(group, table, snapshots, rates, changed) {
  const name = tableName(table);
  const w = words();
  const number = value => h('td', {class: 'r num'}, value);
  const speed = rates.get(name);
  return h('tr', {key: name},
      h('td', {class: 'name'}, name),
      h('td', {title: table.rule}, table.topic ?? '–'),
      h('td', null, table.key === null ? '–' : h('code', null, table.key)),
      h('td', {class: 'state'}, tag(group, table), details(table, snapshots.get(name))),
      number(count(table.rows.insert ?? 0)), number(count(table.rows.update ?? 0)),
      number(count(table.rows.delete ?? 0)),
      h('td', {class: 'r num', title: table.last_change && utc(table.last_change)},
          table.last_change ? ago(table.last_change) : '–'),
      number(speed === undefined ? '–' : rate(speed)),
      h('td', {class: 'r'}, actionsOf(table).map(([action, fields]) => h('button', {
        key: action, class: 'link', 'aria-label': w.action[action] + ' ' + name,
        onClick: () => ask(action, fields, changed),
      }, w.short[action]))));
}

/** What can be done with a table, each with the fields of its dialog. */
function actionsOf(table) {
  const tables = tableName(table);
  const found = {reading: ['pause-snapshot', 'cancel-snapshot'], paused: ['resume-snapshot', 'cancel-snapshot'],
    failed: ['resume-snapshot', 'cancel-snapshot']}[table.snapshot] ?? [];
  const start = table.topic !== null && !['reading', 'paused'].includes(table.snapshot);
  return [
    ...(start ? [['start-snapshot', {tables}]] : []),
    ...found.map(action => [action, {tables}]),
    ...(table.rule ? [['remove-table', {schema: table.schema, table: table.table}]] : []),
  ];
}

function tag(group, table) {
  const w = words();
  const state = stateOf(table);
  if (state === 'parked') return h('span', {class: 'tag bad'}, w.parkedTag);
  if (state === 'none') return h('span', {class: 'tag'}, w.notDelivered);
  if (state === 'streaming') {
    return group.role === 'master'
        ? h('span', {class: 'tag good'}, w.streaming) : h('span', {class: 'tag'}, w.standbyTag);
  }
  return h('span', {class: 'tag ' + (state === 'failed' ? 'bad' : 'warn')}, w.snapshot[state]);
}

function details(table, snapshot) {
  const w = words();
  if (table.parked) return h('div', {class: 'sub'}, table.parked.reason);
  if (!snapshot || snapshot.status === 'complete') return null;
  const done = snapshot.rows + snapshot.skipped;
  const share = snapshot.estimate ? Math.min(1, done / snapshot.estimate) : null;
  const reading = ['reading', 'paused'].includes(snapshot.status);
  return h('div', {class: 'sub'},
      w.copied(count(done), snapshot.estimate ? count(snapshot.estimate) : null),
      snapshot.waits_for && ' · ' + w.waitsFor + ' ' + snapshot.waits_for,
      snapshot.reason && ' · ' + snapshot.reason,
      reading && share !== null && h('progress', {value: share, max: 1, 'aria-label': w.snapshot[snapshot.status]}));
}
