// What was done beside the run that a panel shows, as the panel is told it: kept here, because a hidden webview forgets it.

import type { Settings } from '../experiment/settings';
import type { ToPanel } from '../protocol';
import type { Beside, BesideAnswer } from '../worker/messages';

const NOTHING: Beside = { trials: { kind: 'none', offered: [] }, rangeTest: { kind: 'none' }, learningCurve: { kind: 'none' } };

export class BesideRun {
  private beside = NOTHING;

  /** A run was taken up. */
  take(beside: Beside): void {
    this.beside = beside;
  }

  /** Remembers an answer of the worker; gives the message for the panel. */
  receive(answer: BesideAnswer): ToPanel {
    switch (answer.type) {
      case 'trials':
        this.beside = { ...this.beside, trials: answer.trials };
        return { type: 'trials', trials: answer.trials };
      case 'trial-progress': {
        const { type, id, iteration, iterations } = answer;
        const { trials } = this.beside;
        if (trials.kind === 'trying' && trials.now.id === id) this.beside = { ...this.beside, trials: { ...trials, now: { ...trials.now, iteration, iterations } } };
        return { type, id, iteration, iterations };
      }
      case 'range-test':
        this.beside = { ...this.beside, rangeTest: answer.rangeTest };
        return { type: 'range-test', rangeTest: answer.rangeTest };
      case 'learning-curve':
        this.beside = { ...this.beside, learningCurve: answer.learningCurve };
        return { type: 'learning-curve', learningCurve: answer.learningCurve };
      default:
        return answer satisfies never;
    }
  }

  /** The thread has died: what went on is no more, what was finished is. */
  interrupt(): void {
    const { trials, rangeTest, learningCurve } = this.beside;
    const { offered } = trials;
    this.beside = {
      trials: trials.kind !== 'trying' ? trials : trials.table ? { kind: 'tried', offered, table: trials.table } : { kind: 'none', offered },
      rangeTest: rangeTest.kind === 'running' ? { kind: 'none' } : rangeTest,
      learningCurve: learningCurve.kind === 'running' ? { kind: 'none' } : learningCurve,
    };
  }

  /** All of it, for a panel that comes back. */
  messages(): ToPanel[] {
    const { trials, rangeTest, learningCurve } = this.beside;
    return [
      { type: 'trials', trials },
      { type: 'range-test', rangeTest },
      { type: 'learning-curve', learningCurve },
    ];
  }

  /** The settings with which training gives the run of a tried remedy; null if there is none. */
  settingsWith(remedy: string, settings: Settings): Settings | null {
    const { trials } = this.beside;
    const keep = trials.kind === 'none' ? null : trials.table?.rows.find(({ id }) => id === remedy)?.keep;
    if (!keep) return null;
    // a slope belongs to the output activation that it was given for
    const { outputSlope: _, ...rest } = settings;
    return { ...rest, ...keep };
  }
}
