// The bar that moves the panel through the snapshots of a run: a slider, marks to jump to, and play.

import type { Mark, MarkKind, Moment, PanelState, Report } from '../src/protocol';
import { button, h, icon, marks } from './dom';
import { count, number, plural } from './format';
import { post } from './host';
import { createPace, type Place } from './pace';
import { createPlayer } from './player';

export interface TimelineBar {
  readonly element: HTMLElement;
  /** A new report, at its end or at the snapshot that was shown of it before. */
  show(report: Report, snapshot: number | undefined): void;
  receive(request: number, moment: Moment | null): void;
  /** Rows or a chain were answered. */
  followed(): void;
  /** While something trains nothing is answered, and after a failure it may be that nothing ever will. */
  setState(kind: PanelState['kind']): void;
  /** To the snapshot that is nearest to an iteration. */
  goTo(iteration: number): void;
}

interface Views {
  /** Charts: null is the end. */
  draw(moment: Moment | null): void;
  /** Table and chain view; returns how many requests were made. */
  follow(place: Place): number;
  /** What to remember. */
  changed(snapshot: number | undefined): void;
}

/** Where the middle of the slider's thumb is at its ends: half of its width. */
const THUMB = 7;

const labels: Record<MarkKind, string> = {
  'dead-output': 'First dead outputs',
  'all-dead': 'All dead',
  'units-inactive': 'Units inactive',
  'gradient-vanished': 'Gradient vanished',
  'cost-rose': 'Cost rose',
  'development-lowest': 'Development cost lowest',
  diverged: 'Diverged',
};

const severities: Record<MarkKind, 'error' | 'warning' | 'info'> = {
  'dead-output': 'error',
  'all-dead': 'error',
  'units-inactive': 'warning',
  'gradient-vanished': 'warning',
  'cost-rose': 'warning',
  'development-lowest': 'info',
  diverged: 'error',
};

const icons = { play: 'M4 2.5v11L13 8 4 2.5Z', pause: 'M4 3h3v10H4V3Zm5 0h3v10H9V3Z', step: 'M3 2.5v11L10 8 3 2.5ZM11 3h2v10h-2V3Z' } as const;

export function timelineBar({ draw, follow, changed }: Views): TimelineBar {
  let report: Report | null = null;
  let last = 0;
  let shown: Moment | null = null;

  const slider = h('input', { type: 'range', min: 0, step: 1, testid: 'timeline-slider', 'aria-label': 'Moment of the run' });
  const deadShare = h('div', { class: 'dead-share', 'aria-hidden': 'true', title: 'Share of the outputs that are dead' });
  const ticks = h('div', { class: 'ticks', 'aria-hidden': 'true' });
  const play = button('', () => player.press(), { class: 'play', testid: 'timeline-play' });
  const iteration = h('strong', { class: 'numbers' });
  const facts = h('span', { class: 'quiet numbers said', testid: 'timeline-facts' });
  const past = h('span', { class: 'past', role: 'status', testid: 'timeline-past' });
  const jumps = h('ul', { class: 'marks', 'aria-label': 'Jump to', testid: 'timeline-marks' });
  const memory = h('span', { class: 'quiet memory', testid: 'timeline-memory' });
  const now = h('div', { class: 'about' }, h('p', {}, iteration, ' ', past), facts);
  const below = h('div', { class: 'about jumps' }, jumps);
  const element = h('section', { class: 'timeline', testid: 'timeline', 'aria-label': 'Through time' },
    h('div', { class: 'way' }, play, h('div', { class: 'track' }, deadShare, slider, ticks)),
    now,
    below,
  );

  const motion = window.matchMedia('(prefers-reduced-motion: reduce)');
  const pace = createPace<Moment>({
    ask: (request, snapshot) => post({ type: 'moment', request, snapshot }),
    draw(moment) {
      shown = moment;
      draw(moment);
      if (report) tell(report);
    },
    follow(place) {
      changed(place ?? undefined);
      return follow(place);
    },
    later(wait, act) {
      const timer = setTimeout(act, wait);
      return () => clearTimeout(timer);
    },
    now: () => performance.now(),
  });
  const player = createPlayer({
    last: () => last,
    at: () => slider.valueAsNumber,
    go: move,
    ready: () => pace.idle,
    still: () => motion.matches,
    changed: drawPlay,
  });

  function move(snapshot: number): void {
    slider.value = String(snapshot);
    if (report) tell(report);
    pace.want(snapshot === last ? null : snapshot);
  }

  function jump(snapshot: number): void {
    player.pause();
    move(snapshot);
  }

  function drawPlay(playing: boolean): void {
    const what = motion.matches ? 'step' : playing ? 'pause' : 'play';
    const title = { play: 'Play the way back and forth', pause: 'Pause', step: 'One step on' }[what];
    play.replaceChildren(icon(icons[what], ''));
    play.title = `${title} (Space)`;
    play.setAttribute('aria-label', title);
    play.dataset['playing'] = String(playing);
  }

  /** What is known of the moment at the slider, before and after its answer. */
  function tell({ timeline, iterations, cost, predictions, experiment }: Report): void {
    const at = slider.valueAsNumber;
    slider.style.setProperty('--at', String(last === 0 ? 1 : at / last));
    const here = `iteration ${count(timeline.iterations[at]!)} of ${count(iterations)}`;
    const isEnd = at === last;
    const exact = isEnd ? { cost: cost.final, predictions } : shown?.snapshot === at ? shown : null;
    const known = exact ?? (timeline.complete ? { cost: timeline.cost[at]!, predictions: { of: timeline.predictions, dead: timeline.deadOutputs[at]! } } : null);
    const numbers = known ? [`cost ${number(known.cost)}`, ...(experiment.layers.at(-1)!.activation === 'relu' ? [`${count(known.predictions.dead)} of ${count(known.predictions.of)} dead`] : [])] : [];
    const sentences = timeline.marks.filter(({ snapshot }) => snapshot === at).map(({ text }) => text);
    iteration.textContent = here.replace('i', 'I');
    facts.textContent = [...numbers, ...sentences].join(' · ');
    facts.title = facts.textContent;
    slider.setAttribute('aria-valuetext', [numbers.length > 0 ? `${here}: ${numbers.join(', ')}` : here, ...sentences].join('. '));
    tellPast(!isEnd);
    for (const mark of jumps.querySelectorAll<HTMLElement>('button')) mark.setAttribute('aria-current', String(Number(mark.dataset['snapshot']) === at));
  }

  function tellPast(isPast: boolean): void {
    if (element.classList.toggle('is-past', isPast) && past.childElementCount === 0) {
      past.replaceChildren('— showing the past; ', button('End', () => jump(last), { class: 'link', testid: 'timeline-end', title: 'Back to the end of the run (End key on the slider)' }), ' returns');
    } else if (!isPast) {
      const hadFocus = past.contains(document.activeElement);
      past.replaceChildren();
      if (hadFocus) slider.focus();
    }
  }

  function build({ timeline }: Report): void {
    slider.max = String(last);
    const marked = new Set(timeline.marks.map(({ snapshot }) => snapshot));
    ticks.replaceChildren(...Array.from(marked, (snapshot) => tick(snapshot, timeline.marks.filter((mark) => mark.snapshot === snapshot))));
    jumps.replaceChildren(...timeline.marks.map((mark) => h('li', {}, jumpTo(mark))));
    below.hidden = timeline.marks.length === 0;
    (below.hidden ? now : below).append(memory);
    memory.textContent = `${plural(last + 1, 'snapshot')}, ${size(timeline.bytes)}`;
    memory.title = 'A run keeps its parameters at up to 200 iterations, dense at the beginning, in at most 32 MiB.';
    deadShare.replaceChildren(...(timeline.deadOutputs.some((dead) => dead > 0) ? [shareOfDead(timeline.deadOutputs, timeline.predictions)] : []));
  }

  /** For the mouse; by keyboard and for readers there is the list. */
  function tick(snapshot: number, some: readonly Mark[]): HTMLElement {
    const worst = (['error', 'warning', 'info'] as const).find((severity) => some.some(({ kind }) => severities[kind] === severity))!;
    const element = h('span', { class: `tick ${worst}`, title: some.map((mark) => `Iteration ${count(mark.iteration)}: ${mark.text}`).join('\n') });
    element.style.left = `calc(${THUMB}px + ${snapshot / last} * (100% - ${2 * THUMB}px))`;
    element.addEventListener('click', () => jump(snapshot));
    return element;
  }

  function jumpTo({ kind, snapshot, iteration: at, text }: Mark): HTMLButtonElement {
    const jumper = button(labels[kind], () => jump(snapshot), { class: `jump ${severities[kind]}`, testid: 'timeline-mark', 'data-kind': kind, 'data-snapshot': snapshot, title: text });
    jumper.append(' ', h('span', { class: 'quiet numbers' }, count(at)));
    return jumper;
  }

  slider.addEventListener('input', () => jump(slider.valueAsNumber));
  slider.addEventListener('keydown', (event) => {
    if (event.key !== ' ') return;
    event.preventDefault();
    player.press();
  });
  document.addEventListener('visibilitychange', () => player.pause());
  motion.addEventListener('change', () => {
    player.pause();
    drawPlay(false);
  });

  return {
    element,
    show(newReport, snapshot) {
      player.pause();
      report = newReport;
      last = report.timeline.iterations.length - 1;
      shown = null;
      build(newReport);
      drawPlay(false);
      pace.reset(null);
      move(snapshot !== undefined && snapshot < last ? snapshot : last);
    },
    receive: pace.receive,
    followed: pace.followed,
    setState(kind) {
      const busy = kind === 'loading' || kind === 'training';
      slider.disabled = play.disabled = busy;
      for (const mark of element.querySelectorAll<HTMLButtonElement>('.jump, [data-testid="timeline-end"]')) mark.disabled = busy;
      if (kind === 'finished' || !report) return;
      player.pause();
      pace.reset(shown?.snapshot ?? null);
      move(shown?.snapshot ?? last);
    },
    goTo(wanted) {
      if (slider.disabled || last === 0 || !report) return;
      const { iterations } = report.timeline;
      jump(iterations.reduce((best, at, k) => (Math.abs(at - wanted) < Math.abs(iterations[best]! - wanted) ? k : best), 0));
    },
  };
}

/** What is said where something belongs to the end of the run while the past is shown. */
export function pastNote(text: string, place = ''): HTMLElement {
  return h('p', { class: `past-note quiet ${place}`, testid: 'past-note' }, icon(marks.info, 'info'), ' ', text);
}

/** How many of the outputs are dead at each snapshot, as an area along the slider. */
function shareOfDead(dead: Float64Array, of: number): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', `0 0 ${dead.length - 1} 1`);
  svg.setAttribute('preserveAspectRatio', 'none');
  const area = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  area.setAttribute('d', `M0 1${Array.from(dead, (some, k) => `L${k} ${1 - some / of}`).join('')}L${dead.length - 1} 1Z`);
  svg.append(area);
  return svg;
}

/** "1.2 MB" */
function size(bytes: number): string {
  return bytes < 1e6 ? `${number(Number((bytes / 1e3).toPrecision(2)))} kB` : `${number(Number((bytes / 1e6).toPrecision(2)))} MB`;
}
