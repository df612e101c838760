// Compares texts line by line, and joins the changes of two.

const CONTEXT = 3; // equal lines shown around a change
const MOST_CELLS = 4e6; // of the table of common lines; beyond it, all that differs is one change

/**
 * What makes `after` of `before`: changes of {start, end, lines}, which replace the lines from start
 * to before end, in order and apart from each other.
 */
function changes(before, after) {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < Math.min(before.length, after.length) - head
      && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const a = before.slice(head, before.length - tail);
  const b = after.slice(head, after.length - tail);
  if (a.length * b.length > MOST_CELLS) return [{start: head, end: head + a.length, lines: b}];
  const common = commonLines(a, b);
  const found = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; i++, j++) {
    const start = i;
    const added = j;
    while ((i < a.length || j < b.length) && !(i < a.length && j < b.length && a[i] === b[j])) {
      if (i === a.length || j < b.length && common[i][j + 1] >= common[i + 1][j]) j++;
      else i++;
    }
    if (i > start || j > added) found.push({start: head + start, end: head + i, lines: b.slice(added, j)});
  }
  return found;
}

/** How many lines the rest of a from i and the rest of b from j have in common. */
function commonLines(a, b) {
  const table = Array.from({length: a.length + 1}, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i][j] = a[i] === b[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    }
  }
  return table;
}

/** The differing lines as {sign, line, number}: sign is '-', '+' or ' ' for equal ones around changes. */
export function compare(before, after) {
  const lines = before.split('\n');
  const all = [];
  const add = (sign, from, to) => {
    for (let i = from; i < to; i++) all.push({sign, line: lines[i], number: i + 1});
  };
  let done = 0;
  const found = changes(lines, after.split('\n'));
  for (const {start, end, lines: added} of found) {
    add(' ', Math.max(done, start - CONTEXT), start);
    add('-', start, end);
    for (const line of added) all.push({sign: '+', line, number: null});
    const next = found.find(change => change.start >= end && change.start > start)?.start ?? lines.length;
    done = Math.min(end + CONTEXT, next);
    add(' ', end, done);
  }
  return all;
}

/** The text with the changes of both, or null where different ones touch each other. */
export function merge(base, mine, theirs) {
  const lines = base.split('\n');
  const own = changes(lines, mine.split('\n'));
  const known = new Set(own.map(change => JSON.stringify(change)));
  const all = [...own, ...changes(lines, theirs.split('\n')).filter(each => !known.has(JSON.stringify(each)))]
      .sort((a, b) => a.start - b.start || a.end - b.end);
  const merged = [];
  let done = 0;
  let last = -1;
  for (const {start, end, lines: added} of all) {
    if (start <= last) return null;
    merged.push(...lines.slice(done, start), ...added);
    done = end;
    last = end;
  }
  return merged.concat(lines.slice(done)).join('\n');
}
