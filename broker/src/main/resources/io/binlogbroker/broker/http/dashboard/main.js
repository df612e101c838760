// The page: draws what is known each time it changes, and selects the group.

import {h, render} from './preact.js';
import {dialog} from './actions.js';
import {select, start, state} from './broker.js';
import {lagChart, rateChart} from './charts.js';
import {configuration} from './config.js';
import {events} from './events.js';
import {clock, duration, text} from './format.js';
import {figures, groupList, headline, hosts, inWords, needs, notices} from './overview.js';
import {tables} from './tables.js';
import {language, speak, words} from './words.js';

const page = document.getElementById('page');

function draw() {
  document.documentElement.lang = language();
  render(h('div', null, skip(), header(), h('main', {id: 'content'}, connection(), content())), page);
}

/** The group in the address, otherwise the only one. */
function chooseFromAddress() {
  const named = new URLSearchParams(location.search).get('group');
  const groups = state.groups ?? [];
  select(groups.some(group => group.group === named) ? named : groups.length === 1 ? groups[0].group : null);
}

function go(event, name) {
  event.preventDefault();
  history.pushState(null, '', name === null ? '?' : '?group=' + encodeURIComponent(name));
  chooseFromAddress();
}

const skip = () => h('a', {class: 'skip', href: '#content'}, words().skip);

function header() {
  const w = words();
  const sections = state.group === null ? []
      : [['now', w.now], ['tables', w.tables], ['events', w.events], ['configuration', w.configuration]];
  const groups = state.groups ?? [];
  return h('header', null,
      h('a', {class: 'logo', href: '?', onClick: event => go(event, null)},
          h('img', {src: 'assets/icon.svg', alt: ''}), 'binlogbroker'),
      groups.length > 1 && h('select', {
        'aria-label': w.group, value: state.group ?? '',
        onChange: event => go(event, event.target.value === '' ? null : event.target.value),
      }, h('option', {value: ''}, w.allGroups), groups.map(group =>
          h('option', {key: group.group, value: group.group}, group.group))),
      h('nav', {'aria-label': w.sections}, sections.map(([id, name]) => h('a', {href: '#' + id}, name))),
      h('div', {class: 'spacer'}),
      h('button', {
        lang: w.languageCode, onClick: () => {
          speak(w.languageCode);
          draw();
        },
      }, w.language));
}

/** Says that the connection is lost, or is there again. */
function connection() {
  const w = words();
  let notice = null;
  if (state.lostAt) {
    const seconds = text(duration(Math.floor((Date.now() - state.lostAt) / 1000)));
    notice = h('section', {class: 'panel notice bad', id: 'connection'},
        h('div', null, h('b', null, w.lost(clock(state.lostAt), seconds))),
        h('div', null, w.lostHint));
  } else if (state.refusal) {
    notice = h('section', {class: 'panel notice bad', id: 'connection'}, h('b', null, w.refusal), ' ' + state.refusal);
  } else if (state.backAt) {
    notice = h('section', {class: 'panel notice', id: 'connection'}, w.back(text(duration(state.gapSeconds))));
  }
  return [h('p', {class: 'unseen', 'aria-live': 'polite', id: 'spoken'}, spoken()), notice];
}

/** What a screen reader announces: only what changes seldom. */
function spoken() {
  const w = words();
  if (state.lostAt) return w.lost(clock(state.lostAt), '…');
  const group = current();
  if (!group) return '';
  const todo = needs(group, state.detail);
  return inWords(group) + '. ' + (todo.length ? w.needsYou(todo.length) : w.allWell);
}

const current = () => state.groups?.find(group => group.group === state.group);

function content() {
  const w = words();
  if (!state.groups) return h('section', {class: 'panel headline'}, h('h1', null, w.connecting));
  const group = current();
  if (!group) return overview();
  const todo = needs(group, state.detail);
  document.title = group.group + ' · binlogbroker';
  return [
    headline(group, todo, draw), notices(todo),
    figures(group, state.detail, state.tables, state.history),
    lagChart(state.history), hosts(group, state.detail),
    tables(group, state.detail, state.tables, state.rates, draw),
    events(state.detail?.events ?? [], draw), rateChart(state.history),
    configuration(state.group, state.config, state.detail, draw), dialog(group, state.detail),
  ];
}

function overview() {
  const w = words();
  const good = state.groups.filter(group => group.ready).length;
  const all = state.groups.length;
  document.title = 'binlogbroker';
  return [
    h('section', {class: 'panel headline', id: 'now', 'aria-label': w.now},
        h('span', {class: 'dot ' + (good === all ? 'good' : 'bad'), 'aria-hidden': 'true'}),
        h('h1', null, w.worksCount(good, all))),
    groupList(state.groups, go),
  ];
}

addEventListener('popstate', chooseFromAddress);
draw();
start(() => {
  if (state.groups && state.group === null) chooseFromAddress();
  draw();
});
