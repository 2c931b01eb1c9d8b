// A titled canvas whose chart is drawn anew each time, with its words for those who do not see it.

import { Chart, type Point } from 'chart.js';
import type { ChartConfig } from './charts';
import { h } from './dom';

export interface ChartCanvas {
  readonly element: HTMLElement;
  draw(config: ChartConfig, label: string): void;
}

export function chartCanvas(title: string, testid: string): ChartCanvas {
  const canvas = h('canvas', { role: 'img', 'aria-label': title });
  const element = h('section', { class: 'chart', testid }, h('h3', {}, title), h('div', { class: 'canvas' }, canvas));
  let chart: Chart<'scatter', Point[]> | null = null;
  return {
    element,
    draw(config, label) {
      canvas.setAttribute('aria-label', label);
      chart?.destroy();
      chart = new Chart(canvas, config);
    },
  };
}

/** Whether a logarithmic axis shows these values better: all above 0, and far apart. */
export function isWide(low: number, high: number): boolean {
  return low > 0 && high / low > 100;
}
