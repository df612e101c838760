// The first screen: headline, what needs the reader, figures, brokers and source.

import {h} from './preact.js';
import {ask} from './actions.js';
import {rowsOf, tableName} from './broker.js';
import {ago, bytes, clock, count, duration, position, rate, text, utc} from './format.js';
import {words} from './words.js';

const SOON = 24 * 3600;

export const time = value => h('time', {dateTime: value, title: utc(value)}, clock(value));

/** What the reader should do, the most serious first. */
export function needs(group, detail) {
  const w = words();
  const found = [];
  const add = (severity, title, reason, fix) => found.push({severity, title, reason, fix});
  if (group.problem) add('bad', group.problem.problem, '', group.problem.fix);
  if (group.paused) add('warn', w.paused, '', w.pausedFix);
  if (!detail) return found;
  for (const table of detail.parked) {
    add('bad', w.parked(tableName(table), position(table.from)), table.reason, w.parkedFix(group.group));
  }
  if (detail.rules.refusal) {
    add('bad', w.refused(detail.rules.refused_revision), detail.rules.refusal, w.refusedFix);
  }
  if (detail.gaps) add('bad', w.gap(detail.gaps), '', w.gapFix);
  for (const snapshot of detail.snapshots.filter(each => each.status === 'failed')) {
    const name = tableName(snapshot);
    add('warn', w.snapshotFailed(name), snapshot.reason ?? '', w.snapshotFix(group.group, name));
  }
  if (detail.seconds_to_purge < SOON && detail.bytes_behind > 0) {
    add('warn', w.purgeSoon(text(duration(detail.seconds_to_purge))), '', w.purgeFix(detail.purged_by ?? ''));
  }
  if (detail.statement_events) add('warn', w.statements(detail.statement_events), '', w.statementsFix);
  if (detail.thread_failures) {
    add('warn', w.failures(detail.thread_failures), detail.last_thread_failure ?? '', w.failuresFix);
  }
  return found;
}

export function level(group, todo) {
  if (!group.ready) return 'bad';
  return todo.length ? 'warn' : group.role === 'master' ? 'good' : '';
}

/** The state of a group in words, without figures. */
export function inWords(group) {
  const w = words();
  if (!group.ready) return w.worksNot(group.group, group.host);
  if (group.paused) return w.isPaused(group.group, group.host);
  return group.role === 'master' ? w.works(group.group, group.host) : w.standsBy(group.group, group.host);
}

export function headline(group, todo, changed) {
  const w = words();
  const delivers = group.role === 'master' && group.ready && !group.paused;
  const figures = delivers
      ? w.figures(text(duration(group.seconds_behind)), rate(group.rows_per_second ?? 0)) : '';
  const todoText = todo.length ? w.needsYou(todo.length) : w.allWell;
  return h('section', {class: 'panel headline', id: 'now', 'aria-label': w.now},
      h('span', {class: 'dot ' + level(group, todo), 'aria-hidden': 'true'}),
      h('div', null,
          h('h1', null, inWords(group) + figures),
          h('p', null, todoText, ' ', group.role === 'master' ? committed(group) : w.standsByHint)),
      group.role === 'master' && groupActions(group, changed));
}

/** Only the master can pause, resume and resign. */
function groupActions(group, changed) {
  const w = words();
  return h('div', {class: 'buttons', role: 'group', 'aria-label': w.groupActions},
      [group.paused ? 'resume' : 'pause', 'resign'].map(action =>
          h('button', {key: action, onClick: () => ask(action, {}, changed)}, w.action[action] + '…')));
}

function committed(group) {
  const w = words();
  return group.committed
      ? [w.committedUpTo + ' ', h('code', null, position(group.committed))] : w.nothingCommitted;
}

export function notices(todo) {
  return todo.map(each =>
      h('section', {class: 'panel notice ' + each.severity, 'aria-label': each.title},
          h('div', {dir: 'auto'}, h('b', null, each.title), each.reason && ' ' + each.reason),
          each.fix && h('pre', null, words().fix + each.fix)));
}

const figure = (title, value, sub) =>
    h('section', {class: 'panel c3', 'aria-label': title},
        h('h2', null, title), h('div', {class: 'big'}, value), h('div', {class: 'sub'}, sub));

const big = parts => parts.map((part, i) => i % 2 ? h('small', null, '\u00a0' + part + ' ') : part);

export function figures(group, detail, tables, history) {
  const w = words();
  const master = group.role === 'master';
  const none = [h('span', {'aria-label': w.unknown}, '–')];
  const worst = Math.max(0, ...history.seconds_behind);
  const log = group.bytes_behind === null ? null : text(bytes(group.bytes_behind)) + ' ' + w.ofLog;
  const dot = parts => parts.filter(part => part).join(' · ');
  return [
    figure(w.behind, master ? big(duration(group.seconds_behind)) : none,
        master ? dot([log, w.maxHour(text(duration(worst)))]) : ''),
    figure(w.delivered, master ? big([rate(group.rows_per_second ?? 0), w.perSecond]) : none,
        dot([master && group.bytes_per_second !== null && text(bytes(group.bytes_per_second)) + '/' + w.s,
          tables && w.sinceStart(count(tables.reduce((sum, table) => sum + rowsOf(table), 0)))])),
    figure(w.lastEvent, group.seconds_since_event === null ? none
        : [big(duration(group.seconds_since_event)), h('small', null, w.agoSuffix)],
        group.seconds_uncommitted ? w.uncommitted(text(duration(group.seconds_uncommitted)))
            : master ? w.nothingUncommitted : ''),
    figure(w.purge, detail?.seconds_to_purge === undefined ? none : big(duration(detail.seconds_to_purge)),
        detail?.seconds_to_purge === undefined ? (master ? w.purgesNone : '')
            : dot([w.atEarliest, detail.purged_by])),
  ];
}

const host = (dot, name, sub, tag, tagClass) =>
    h('li', {class: 'host'},
        h('span', {class: 'dot small ' + dot, 'aria-hidden': 'true'}),
        h('div', {class: 'who'}, name, h('div', {class: 'sub'}, sub)),
        h('span', {class: 'tag ' + tagClass}, tag));

export function hosts(group, detail) {
  const w = words();
  return h('section', {class: 'panel c5', 'aria-label': w.hosts},
      h('div', {class: 'head'}, h('h2', null, w.hosts)),
      h('ul', {class: 'hosts'}, own(group, detail), others(group, detail), servers(group, detail)));
}

/** The broker that is asked. */
function own(group, detail) {
  const w = words();
  const master = group.role === 'master';
  return host(group.ready ? 'good' : 'bad',
      [h('b', null, group.host), ' · ' + (master ? w.master : w.slave) + ' · ' + w.thisBroker],
      [w.since(ago(group.since)), ' · ' + (master ? leaseOf(detail) : w.leaseOther)],
      !group.ready ? w.failing : master ? w.working : w.standing,
      !group.ready ? 'bad' : master ? 'good' : '');
}

function leaseOf(detail) {
  const w = words();
  const lease = detail?.lease;
  return lease ? w.lease(count(lease.seconds), count(lease.remaining_seconds)) : w.leaseHeld;
}

/** The other brokers of the group, as its election knows them. */
function others(group, detail) {
  const w = words();
  if (!detail) return [];
  const isOwn = each => each.host === group.host;
  const facts = each => w.since(ago(each.since)) + ' · ' + w.process + ' ' + each.pid;
  const name = (each, role) => [h('b', null, each.host), ' · ' + role];
  const waiting = [...detail.standbys];
  if (group.role !== 'master' && waiting.some(isOwn)) waiting.splice(waiting.findIndex(isOwn), 1);
  return [
    group.role !== 'master' && detail.master
        && host('', name(detail.master, w.master), facts(detail.master) + ' · ' + leaseOf(detail), w.active, ''),
    ...waiting.map(each => host('', name(each, w.slave), facts(each), w.standing, '')),
    group.role === 'master' && detail.lease && waiting.length === 0 && h('li', {class: 'host sub'}, w.noStandby),
  ];
}

function servers(group, detail) {
  const w = words();
  if (!detail) return [];
  const source = detail.source;
  const facts = source && [source.version, source.gtids && 'GTID', source.row_image,
    source.row_metadata && 'metadata ' + source.row_metadata, w.since(ago(source.since))];
  return [source?.address, ...detail.servers.filter(server => server !== source?.address)]
      .filter(server => server)
      .map(server => server === source?.address
          ? host('good', h('b', null, server), facts.filter(fact => fact).join(' · '), w.connected, 'good')
          : host('', h('b', null, server), '', source ? w.next : w.notConnected, ''));
}

/** All groups of the process. */
export function groupList(groups, select) {
  const w = words();
  const head = [w.group, w.state, w.role, w.behind, w.delivered];
  return h('section', {class: 'panel', 'aria-label': w.allGroups},
      h('div', {class: 'head'}, h('h2', null, w.allGroups)),
      h('div', {class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': w.allGroups},
          h('table', null,
              h('thead', null, h('tr', null, head.map((name, i) =>
                  h('th', {scope: 'col', class: i > 2 ? 'r' : ''}, name)))),
              h('tbody', null, groups.map(group => h('tr', {key: group.group},
                  h('td', {class: 'name'}, h('a', {
                    href: '?group=' + encodeURIComponent(group.group),
                    onClick: event => select(event, group.group),
                  }, group.group)),
                  h('td', {class: 'state'},
                      h('span', {class: 'tag ' + (!group.ready ? 'bad' : group.role === 'master' ? 'good' : '')},
                          !group.ready ? w.failing : group.role === 'master' ? w.working : w.standing),
                      group.problem && h('div', {class: 'sub'}, group.problem.problem, ' ', group.problem.fix)),
                  h('td', null, w[group.role]),
                  h('td', {class: 'r num'}, group.role === 'master' ? text(duration(group.seconds_behind)) : '–'),
                  h('td', {class: 'r num'}, group.role === 'master'
                      ? rate(group.rows_per_second ?? 0) + '\u00a0' + w.perSecond : '–')))))));
}
