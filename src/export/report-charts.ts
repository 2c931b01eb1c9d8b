// Charts as SVG text: points and lines over two axes. Colours are classes, so that the page's style sheet decides.

import { number } from '../format';
import { escape } from './report-text';

export interface Point {
  readonly x: number;
  readonly y: number;
  /** Shown when the mouse rests on it. */
  readonly title?: string;
}

export interface Series {
  readonly label: string;
  /** A class of the style sheet. */
  readonly look: 'target' | 'prediction' | 'dead' | 'training' | 'development' | 'ideal';
  readonly shape: 'line' | 'ring' | 'dot' | 'cross';
  readonly points: readonly Point[];
}

export interface Chart {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly logarithmic?: boolean;
  readonly series: readonly Series[];
}

const [WIDTH, HEIGHT] = [360, 260];
const MARGIN = { left: 54, right: 14, top: 8, bottom: 40 };
/** More points than this have no title each: the page would be too large. */
const MAX_TITLES = 400;
/** More points than this are drawn smaller. */
const MAX_LARGE = 100;

interface Axis {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

/** The chart with its title and legend. */
export function chartFigure(chart: Chart): string {
  const all = chart.series.flatMap(({ points }) => points);
  const x = closeAxis(...extent(all.map((point) => point.x)), [MARGIN.left, WIDTH - MARGIN.right]);
  const yExtent = extent(all.map((point) => point.y));
  const y = (chart.logarithmic ? logarithmicAxis : roundAxis)(...yExtent, [HEIGHT - MARGIN.bottom, MARGIN.top]);
  const legend = chart.series.map(({ label, look, shape }) => `<span><svg viewBox="0 0 18 12" width="18" height="12" aria-hidden="true">${mark(shape, look, 9, 6, shape === 'line' ? 9 : 3)}</svg>${escape(label)}</span>`);
  return `<figure>
<figcaption><h3>${escape(chart.title)}</h3><p class="legend">${legend.join('')}</p></figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escape(`${chart.title}: ${chart.y} by ${chart.x}`)}">
${grid(x, y)}
<text class="axis" x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${escape(chart.x)}</text>
<text class="axis" transform="translate(12 ${(MARGIN.top + HEIGHT - MARGIN.bottom) / 2}) rotate(-90)" text-anchor="middle">${escape(chart.y)}</text>
${chart.series.map((series) => drawn(series, x, y)).join('\n')}
</svg>
</figure>`;
}

function grid(x: Axis, y: Axis): string {
  const bottom = HEIGHT - MARGIN.bottom;
  return [
    ...y.ticks.map((tick) => `<path class="grid" d="M${MARGIN.left} ${place(y.at(tick))}H${WIDTH - MARGIN.right}"/><text class="tick" x="${MARGIN.left - 6}" y="${place(y.at(tick) + 3.5)}" text-anchor="end">${label(tick)}</text>`),
    ...x.ticks.map((tick) => `<path class="grid" d="M${place(x.at(tick))} ${MARGIN.top}V${bottom}"/><text class="tick" x="${place(x.at(tick))}" y="${bottom + 15}" text-anchor="middle">${label(tick)}</text>`),
  ].join('');
}

/** Up to 9,999 as it is; 12k, 3M; an exponent beyond. */
function label(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e4 && size < 1e9) return size >= 1e6 ? `${number(value / 1e6)}M` : `${number(value / 1e3)}k`;
  return size !== 0 && (size >= 1e9 || size < 1e-3) ? value.toExponential().replace('e+', 'e') : number(value);
}

const place = (value: number): string => String(Math.round(value * 10) / 10);

function drawn({ shape, look, points }: Series, x: Axis, y: Axis): string {
  const places = points.filter((point) => Number.isFinite(y.at(point.y)) && Number.isFinite(x.at(point.x)));
  if (places.length === 0) return '';
  if (shape === 'line') return `<path class="line ${look}" d="M${places.map((point) => `${place(x.at(point.x))} ${place(y.at(point.y))}`).join('L')}"/>`;
  if (places.length > MAX_TITLES) {
    const size = shape === 'cross' ? 2 : 0;
    return `<path class="many ${shape} ${look}" d="${places.map((point) => pathOf(shape, x.at(point.x), y.at(point.y), size)).join('')}"/>`;
  }
  const radius = places.length > MAX_LARGE ? 2 : 3;
  return `<g>${places.map((point) => mark(shape, look, x.at(point.x), y.at(point.y), radius, point.title)).join('')}</g>`;
}

/** `size` is the radius of a point, or half the length of a line. */
function mark(shape: Series['shape'], look: string, x: number, y: number, size: number, title?: string): string {
  const inside = title === undefined ? '' : `<title>${escape(title)}</title>`;
  switch (shape) {
    case 'line':
      return `<path class="line ${look}" d="M${place(x - size)} ${place(y)}h${2 * size}"/>`;
    case 'cross':
      return `<path class="cross ${look}" d="${pathOf(shape, x, y, size + 0.5)}">${inside}</path>`;
    default:
      return `<circle class="${shape} ${look}" cx="${place(x)}" cy="${place(y)}" r="${size}">${inside}</circle>`;
  }
}

function pathOf(shape: Series['shape'], x: number, y: number, size: number): string {
  if (shape !== 'cross') return `M${place(x)} ${place(y)}h0`;
  return `M${place(x - size)} ${place(y - size)}l${2 * size} ${2 * size}m0 ${-2 * size}l${-2 * size} ${2 * size}`;
}

/** The finite values among them; 0 and 1 where there are none. */
function extent(values: readonly number[]): [low: number, high: number] {
  const finite = values.filter(Number.isFinite);
  return finite.length === 0 ? [0, 1] : [finite.reduce((one, other) => Math.min(one, other)), finite.reduce((one, other) => Math.max(one, other))];
}

type Span = readonly [from: number, to: number];

function ticksWithin(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, k) => Number(((first + k) * step).toPrecision(12)));
}

/** From the least to the largest value with a little room, so that no place is wasted. */
function closeAxis(low: number, high: number, [from, to]: Span): Axis {
  const room = low === high ? 0.5 : 0.03 * (high - low);
  const [start, end] = [low - room, high + room];
  return { ticks: ticksWithin(start, end, niceStep((end - start) / 5)), at: (value) => from + ((value - start) / (end - start)) * (to - from) };
}

/** From tick to tick. */
function roundAxis(low: number, high: number, [from, to]: Span): Axis {
  const [least, largest] = low === high ? [low - 0.5, high + 0.5] : [low, high];
  const step = niceStep((largest - least) / 5);
  const [start, end] = [Math.floor(least / step + 1e-9) * step, Math.ceil(largest / step - 1e-9) * step];
  return { ticks: ticksWithin(start, end, step), at: (value) => from + ((value - start) / (end - start)) * (to - from) };
}

function logarithmicAxis(low: number, high: number, [from, to]: Span): Axis {
  const first = Math.floor(Math.log10(low));
  const last = Math.max(first + 1, Math.ceil(Math.log10(high)));
  const every = Math.ceil((last - first) / 7);
  const ticks = Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, k) => 10 ** (first + k * every));
  return { ticks, at: (value) => from + ((Math.log10(value) - first) / (last - first)) * (to - from) };
}

/** The next of 1, 2, 5 times a power of ten. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((digit) => digit * power).find((step) => step >= least * (1 - 1e-9)) ?? 10 * power;
}
