// Numbers with units and times, in the language of the page.

import {language, words} from './words.js';

const number = (value, digits) => new Intl.NumberFormat(language(), {maximumFractionDigits: digits}).format(value);

export const count = value => number(value, 0);

/** A rate, with decimals only where it is small. */
export const rate = value => number(value, value < 10 ? 1 : 0);

/** A number of bytes as [number, unit]. */
export function bytes(value) {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let power = 0;
  while (value >= 1000 && power < units.length - 1) {
    value /= 1000;
    power++;
  }
  return [number(value, power && value < 100 ? 1 : 0), units[power]];
}

/** A duration in seconds as [number, unit, number, unit...], with the two largest units. */
export function duration(seconds) {
  const w = words();
  if (seconds < 60) return [number(seconds, seconds < 10 ? 1 : 0), w.s];
  const units = [[86400, w.d], [3600, w.h], [60, w.min], [1, w.s]];
  const largest = units.findIndex(([size]) => seconds >= size);
  const [size, unit] = units[largest];
  const rest = units[largest + 1];
  const more = Math.floor((seconds % size) / rest[0]);
  const parts = [number(Math.floor(seconds / size), 0), unit];
  return more ? parts.concat(number(more, 0), rest[1]) : parts;
}

export const text = parts => parts.join('\u00a0');

export const ago = time => text(duration(Math.max(0, (Date.now() - Date.parse(time)) / 1000)));

/** In the viewer's zone, with the date unless it is today. */
export function clock(time) {
  const date = new Date(time);
  const hours = {hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'};
  const today = date.toDateString() === new Date().toDateString();
  const format = today ? hours : {month: '2-digit', day: '2-digit', ...hours};
  return new Intl.DateTimeFormat(language(), format).format(date);
}

export const utc = time => new Date(time).toISOString().replace('T', ' ').replace(/\.\d+Z/, '') + ' UTC';

/** A position as users write it. */
export const position = place => place ? place.file + ':' + count(place.pos) : '–';
