// Lag and rate of the last hour, drawn by uPlot.

import {Component, createRef, h} from './preact.js';
import {duration, rate, text} from './format.js';
import {language, words} from './words.js';

const HOUR = 3600;
const SHORTEST = 300; // seconds, while there are few samples
const dark = matchMedia('(prefers-color-scheme: dark)');

const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

class Chart extends Component {
  box = createRef();
  redraw = () => this.draw();

  componentDidMount() {
    dark.addEventListener('change', this.redraw);
    this.resize = new ResizeObserver(() => this.plot?.setSize(this.size()));
    this.resize.observe(this.box.current);
    this.draw();
  }

  componentDidUpdate(before) {
    if (before.language !== this.props.language) this.draw();
    else if (before.times !== this.props.times) this.plot.setData(this.data());
  }

  componentWillUnmount() {
    dark.removeEventListener('change', this.redraw);
    this.resize.disconnect();
    this.plot?.destroy();
  }

  size() {
    return {width: Math.max(1, this.box.current.clientWidth), height: 150};
  }

  /** The last hour, or less after a start. */
  span() {
    const now = Date.now() / 1000;
    return [Math.max(now - HOUR, Math.min(now - SHORTEST, this.props.times[0])), now];
  }

  data() {
    return [this.props.times, this.props.values];
  }

  draw() {
    this.plot?.destroy();
    const line = {stroke: color('--dim'), grid: {stroke: color('--line'), width: 1}, ticks: {show: false}};
    const hours = new Intl.DateTimeFormat(language(), {hour: '2-digit', minute: '2-digit', hourCycle: 'h23'});
    this.plot = new uPlot({
      ...this.size(),
      legend: {show: false},
      cursor: {drag: {x: false, y: false}},
      scales: {
        x: {range: () => this.span()},
        y: {range: (plot, min, max) => [0, Math.max(this.props.least, max ?? 0) * 1.1]},
      },
      axes: [
        {...line, space: 80, values: (plot, times) => times.map(time => hours.format(time * 1000))},
        {...line, size: 60, space: 34, values: (plot, values) => values.map(value => this.props.format(value))},
      ],
      series: [{}, {stroke: color('--accent'), width: 2, fill: color('--accent') + '1f', points: {show: false}}],
    }, this.data(), this.box.current);
  }

  render({label}) {
    return h('div', {class: 'chart', ref: this.box, role: 'img', 'aria-label': label});
  }
}

function panel(width, title, unit, history, values, least, format, label) {
  const w = words();
  const known = values.filter(value => value !== null);
  return h('section', {class: 'panel ' + width, 'aria-label': title},
      h('div', {class: 'head'}, h('h2', null, title), h('span', {class: 'sub'}, unit)),
      known.length
          ? h(Chart, {
            times: history.times, values, least, format, language: language(),
            label: label(format(Math.min(...known)), format(Math.max(...known))),
          })
          : h('p', {class: 'sub'}, w.noHistory));
}

export function lagChart(history) {
  const w = words();
  return panel('c7', w.lagChart, w.seconds, history, history.seconds_behind, 1,
      value => text(duration(value)), w.lagLabel);
}

export function rateChart(history) {
  const w = words();
  return panel('c6', w.rateChart, w.perSecond, history, history.rows_per_second, 10, rate, w.rateLabel);
}
