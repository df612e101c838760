// What happened lately.

import {h} from './preact.js';
import {count} from './format.js';
import {time} from './overview.js';
import {words} from './words.js';

const FIRST = 8;
const DOTS = {info: '', warn: 'warn', error: 'bad'};
const view = {all: false};

/** @param {object[]} list the newest last */
export function events(list, changed) {
  const w = words();
  const newest = [...list].reverse();
  const shown = view.all ? newest : newest.slice(0, FIRST);
  return h('section', {class: 'panel c6', id: 'events', 'aria-label': w.events},
      h('div', {class: 'head'}, h('h2', null, w.events),
          newest.length > shown.length && h('button', {
            class: 'link', onClick: () => {
              view.all = true;
              changed();
            },
          }, w.moreEvents(count(newest.length)))),
      newest.length ? h('ol', {class: 'events'}, shown.map(item)) : h('p', {class: 'sub'}, w.noEvents));
}

function item(event) {
  const w = words();
  return h('li', {key: event.time + event.host + event.text},
      time(event.last ?? event.time),
      h('span', {class: 'dot small ' + DOTS[event.severity], role: 'img', 'aria-label': w.severity[event.severity]}),
      h('div', null, event.text, event.count > 1 && ' · ' + w.times(count(event.count)),
          h('div', {class: 'sub'}, event.host, event.place && [' · ', h('code', null, event.place)],
              event.fix && ' · ' + w.fix + event.fix)));
}
