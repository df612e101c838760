// What the page knows of the broker: an event a second, and the rest every five seconds.

const PERIOD = 5000;
const PATIENCE = 6000; // without an event, the stream counts as broken
const AGAIN = 10000; // between two attempts to open the stream
const HOUR = 3600;

const EMPTY = {times: [], seconds_behind: [], bytes_behind: [], rows_per_second: [], bytes_per_second: []};

export const state = {
  groups: null, group: null, detail: null, tables: null, config: null, history: EMPTY, rates: new Map(),
  refusal: null, updated: 0, lostAt: null, backAt: null, gapSeconds: 0,
};

let changed = () => {};
let source = null;
let listenedAt = 0;
let asking = false;
let totals = null;
let round = 0; // counts the selections, so that an answer for the group before is dropped
let polling = null;

/** Begins to read; calls `onChange` after each change of the state. */
export function start(onChange) {
  changed = onChange;
  listen();
  setInterval(watch, 1000);
  setInterval(poll, PERIOD);
}

/** Selects a group, or none for the list of groups. */
export function select(group) {
  if (group === state.group) return;
  Object.assign(state, {group, detail: null, tables: null, config: null, history: EMPTY, rates: new Map(), refusal: null});
  totals = null;
  round++;
  changed();
  poll();
}

function listen() {
  source?.close();
  source = new EventSource('api/v1/events');
  source.addEventListener('groups', event => take(JSON.parse(event.data)));
  listenedAt = Date.now();
}

function take(answer) {
  const first = state.groups === null;
  state.groups = answer.groups;
  state.updated = Date.now();
  if (state.lostAt) {
    state.gapSeconds = (Date.now() - state.lostAt) / 1000;
    state.backAt = Date.now();
    state.lostAt = null;
    poll();
  }
  if (state.backAt && Date.now() - state.backAt > 15000) state.backAt = null;
  if (first) poll();
  changed();
}

function lost() {
  if (!state.lostAt) {
    state.lostAt = Date.now();
    changed();
  }
}

/** Without a stream, which the broker refuses to too many clients, asks, and tries the stream again. */
async function watch() {
  const streams = source.readyState === EventSource.OPEN && Date.now() - state.updated < PATIENCE;
  if (streams || asking) {
    if (state.lostAt) changed();
    return;
  }
  asking = true;
  try {
    take(await get('api/v1/groups'));
    if (Date.now() - listenedAt > AGAIN) listen();
  } catch (e) {
    lost();
  } finally {
    asking = false;
  }
}

async function get(path) {
  const answer = await fetch(path, {signal: AbortSignal.timeout(PERIOD)});
  if (!answer.ok) throw Object.assign(new Error(path + ': ' + answer.status), {status: answer.status});
  return answer.json();
}

/** Asks at once for what is otherwise asked for every five seconds. */
export async function poll() {
  if (state.group === null || state.lostAt || polling === round) return;
  const mine = round;
  polling = mine;
  const path = 'api/v1/groups/' + encodeURIComponent(state.group);
  const since = state.history.times.at(-1) ?? 0;
  try {
    const [detail, tables, history, config] = await Promise.all(
        [get(path), get(path + '/tables'), get(path + '/history?since=' + since), get(path + '/config')]);
    if (mine !== round) return;
    state.refusal = null;
    state.detail = detail;
    state.config = config;
    state.tables = tables.tables;
    state.history = detail.role === 'master' ? joined(state.history, history) : EMPTY;
    rates();
    changed();
  } catch (e) {
    if (mine !== round) return;
    if (!e.status) lost();
    state.refusal = e.status ? e.message : null;
    changed();
  } finally {
    if (polling === mine) polling = null;
  }
}

/** A broker that became master again has a new history, but the old one is still of interest. */
function joined(before, more) {
  const from = before.times.findIndex(time => time > Date.now() / 1000 - HOUR);
  const all = {};
  for (const key of Object.keys(EMPTY)) {
    all[key] = (from < 0 ? [] : before[key].slice(from)).concat(more[key]);
  }
  return all;
}

/** Rows per second of each table, from the counters of two answers. */
function rates() {
  const now = new Map(state.tables.map(table => [tableName(table), rowsOf(table)]));
  const time = Date.now();
  if (totals) {
    const seconds = (time - totals.time) / 1000;
    state.rates = new Map([...now].map(([name, rows]) =>
        [name, Math.max(0, rows - (totals.rows.get(name) ?? 0)) / seconds]));
  }
  totals = {time, rows: now};
}

export const tableName = table => table.schema + '.' + table.table;
export const rowsOf = table => Object.values(table.rows).reduce((sum, rows) => sum + rows, 0);
