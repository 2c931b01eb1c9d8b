// The experiment as a form: change it and train again in place.

import { activationNames, initializationNames, LEAKY_SLOPE, lossNames, optimizerNames, type Report } from '../src/protocol';
import { button, h } from './dom';
import { changeOf, usable, valuesOf, type FormValues } from './form-values';
import { post } from './host';

export interface SettingsForm {
  readonly element: HTMLElement;
  /** `kept`: edits of this report that were not sent yet. */
  show(report: Report, kept: FormValues | undefined): void;
  setBusy(busy: boolean): void;
}

const FROM_TARGET = { value: '', label: 'chosen from the target' };

/** `changed` is told the values to remember. */
export function settingsForm(changed: (values: FormValues) => void): SettingsForm {
  const form = h('form', { class: 'card wide', testid: 'form', 'aria-label': 'Experiment' });
  let report: Report;
  let values: FormValues;
  let train = h('button');

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    post({ type: 'train', change: changeOf(report.experiment, values) });
    // where the progress and then the verdict are
    window.scrollTo(0, 0);
  });

  function set(part: Partial<FormValues>, rebuild = false): void {
    values = { ...values, ...part };
    changed(values);
    if (rebuild) build();
  }

  function build(): void {
    const columns = usable(report.columns);
    const targetChanged = values.target !== report.experiment.target.join(', ');
    train = h('button', { type: 'submit', class: 'primary', testid: 'train' }, 'Train Again');
    form.replaceChildren(
      h('h2', {}, 'Experiment'),
      h('div', { class: 'fields' },
        select('Target', columns.includes(values.target) ? columns : [values.target, ...columns], values.target, (target) => set({ target, features: null, outputActivation: '', loss: '' }, true), 'field-target'),
        features(columns),
        select('Output activation', [...(targetChanged ? [FROM_TARGET] : []), ...activationNames], values.outputActivation, (outputActivation) => set({ outputActivation }, true), 'field-output-activation'),
        ...(values.outputActivation === 'leaky-relu' ? [slope('Output slope below 0', values.outputSlope, (outputSlope) => set({ outputSlope }), 'field-output-slope')] : []),
        select('Loss', [...(targetChanged ? [FROM_TARGET] : []), ...lossNames], values.loss, (loss) => set({ loss }), 'field-loss'),
        select('Optimizer', optimizerNames, values.optimizer, (optimizer) => set({ optimizer }), 'field-optimizer'),
        input('Learning rate α', values.learningRate, { min: Number.MIN_VALUE, step: 'any', required: true }, (learningRate) => set({ learningRate: learningRate! }), 'field-learning-rate'),
        input('Learning-rate decay', values.learningRateDecay, { min: 0, step: 'any', required: true, title: 'α / (1 + decay · epoch)' }, (learningRateDecay) => set({ learningRateDecay: learningRateDecay! }), 'field-learning-rate-decay'),
        input('Iterations', values.iterations, { min: 0, step: 1, required: true }, (iterations) => set({ iterations: iterations! }), 'field-iterations'),
        input('Batch size', values.batchSize, { min: 1, step: 1, placeholder: 'every sample' }, (batchSize) => set({ batchSize }), 'field-batch-size'),
        select('Initialization', initializationNames, values.initialization, (initialization) => set({ initialization }), 'field-initialization'),
        input('Seed', values.seed, { min: 0, max: 0xffffffff, step: 1, required: true }, (seed) => set({ seed: seed! }), 'field-seed'),
        select('Scale features', ['none', 'standard', 'minmax'], values.normalizeFeatures, (normalizeFeatures) => set({ normalizeFeatures }), 'field-normalize-features'),
        select('Scale target', ['none', 'standard', 'scale'], values.normalizeTarget, (normalizeTarget) => set({ normalizeTarget }), 'field-normalize-target'),
        input('L2 λ', values.l2, { min: 0, step: 'any', required: true }, (l2) => set({ l2: l2! }), 'field-l2'),
        input('Clip gradient at', values.clip, { min: Number.MIN_VALUE, step: 'any', placeholder: 'any norm' }, (clip) => set({ clip }), 'field-clip'),
        input('Development share', values.split, { min: 0.001, max: 0.999, step: 'any', placeholder: 'none' }, (split) => set({ split }), 'field-split'),
        input('Early stop after', values.patience, { min: 1, step: 1, placeholder: 'never', title: 'Iterations without a lower development cost; needs a development share' }, (patience) => set({ patience }), 'field-early-stop'),
        select('Missing cells', [{ value: 'skip', label: 'skip the line' }, { value: 'mean', label: 'fill in the mean' }, { value: 'median', label: 'fill in the median' }], values.missing, (missing) => set({ missing }), 'field-missing'),
      ),
      hiddenLayers(),
      h('div', { class: 'actions' }, train, button('Save as Experiment File…', () => post({ type: 'save-experiment' }), { class: 'secondary', testid: 'save-experiment' })),
    );
  }

  function features(columns: readonly string[]): HTMLElement {
    const others = columns.filter((name) => name !== values.target);
    const chosen = values.features ?? others;
    const boxes = others.map((name) => {
      const box = h('input', { type: 'checkbox', value: name, checked: chosen.includes(name) });
      box.addEventListener('change', () => set({ features: others.filter((_, k) => boxes[k]!.checked) }));
      return box;
    });
    const summary = chosen.length > 2 ? `${chosen.length} of ${others.length}` : chosen.join(', ');
    return h('div', { class: 'field' }, h('span', { class: 'label' }, 'Features'),
      h('details', { testid: 'field-features' }, h('summary', {}, summary), h('div', { class: 'boxes' }, ...boxes.map((box, k) => h('label', {}, box, ` ${others[k]!}`)))),
    );
  }

  function hiddenLayers(): HTMLElement {
    const change = (hidden: FormValues['hidden']): void => set({ hidden }, true);
    const rows = values.hidden.map((layer, k) => {
      const replace = (part: Partial<typeof layer>): void => set({ hidden: values.hidden.map((each, at) => (at === k ? { ...each, ...part } : each)) }, 'activation' in part);
      return h('div', { class: 'layer' },
        input(`Layer ${k + 1} units`, layer.units, { min: 1, step: 1, required: true }, (units) => replace({ units: units! }), `field-units-${k + 1}`),
        select('Activation', activationNames.filter((name) => name !== 'softmax'), layer.activation, (activation) => replace({ activation, slope: undefined }), `field-activation-${k + 1}`),
        ...(layer.activation === 'leaky-relu' ? [slope('Slope below 0', layer.slope ?? null, (value) => set({ hidden: values.hidden.map((each, at) => (at === k ? { ...each, slope: value ?? undefined } : each)) }), `field-slope-${k + 1}`)] : []),
        button('Remove', () => change(values.hidden.filter((_, at) => at !== k)), { class: 'link', 'aria-label': `Remove layer ${k + 1}` }),
      );
    });
    const add = button('Add Hidden Layer', () => change([...values.hidden, { units: 16, activation: 'relu' }]), { class: 'link', testid: 'add-layer' });
    return h('fieldset', { class: 'layers' }, h('legend', {}, 'Hidden layers'), ...rows, add);
  }

  return {
    element: form,
    show(newReport, kept) {
      report = newReport;
      values = kept ?? valuesOf(report.experiment);
      build();
    },
    setBusy(busy) {
      train.disabled = busy;
    },
  };
}

type Option = string | { readonly value: string; readonly label: string };

function field(label: string, control: HTMLElement): HTMLElement {
  return h('label', { class: 'field' }, h('span', { class: 'label' }, label), control);
}

function select(label: string, options: readonly Option[], value: string, change: (value: string) => void, testid: string): HTMLElement {
  const control = h('select', { testid }, ...options.map((option) => {
    const { value: name, label: text } = typeof option === 'string' ? { value: option, label: option } : option;
    return h('option', { value: name, selected: name === value }, text);
  }));
  control.addEventListener('change', () => change(control.value));
  return field(label, control);
}

function slope(label: string, value: number | null, change: (value: number | null) => void, testid: string): HTMLElement {
  return input(label, value, { min: 0, max: 0.999, step: 'any', placeholder: String(LEAKY_SLOPE) }, change, testid);
}

function input(label: string, value: number | null, attributes: Record<string, string | number | boolean>, change: (value: number | null) => void, testid: string): HTMLElement {
  const control = h('input', { type: 'number', value: value ?? '', testid, ...attributes });
  control.addEventListener('input', () => {
    if (control.checkValidity()) change(control.value === '' ? null : control.valueAsNumber);
  });
  return field(label, control);
}
