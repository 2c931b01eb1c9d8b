// A line down the cost chart at the moment that the rest of the panel shows, with a dot at its cost.

import type { Plugin } from 'chart.js';
import type { Moment } from '../src/protocol';

export interface MomentLine {
  moment: Pick<Moment, 'iteration' | 'cost'> | null;
  color: string;
  readonly plugin: Plugin<'scatter'>;
}

export function momentLine(): MomentLine {
  const line: MomentLine = {
    moment: null,
    color: 'currentColor',
    plugin: {
      id: 'moment-line',
      afterDatasetsDraw({ ctx, chartArea, scales }) {
        if (!line.moment) return;
        const x = scales['x']!.getPixelForValue(line.moment.iteration);
        const y = scales['y']!.getPixelForValue(line.moment.cost);
        ctx.save();
        ctx.strokeStyle = ctx.fillStyle = line.color;
        ctx.lineWidth = 1;
        ctx.beginPath();
        ctx.moveTo(x, chartArea.top);
        ctx.lineTo(x, chartArea.bottom);
        ctx.stroke();
        if (y >= chartArea.top && y <= chartArea.bottom) {
          ctx.beginPath();
          ctx.arc(x, y, 3.5, 0, 2 * Math.PI);
          ctx.fill();
        }
        ctx.restore();
      },
    },
  };
  return line;
}
