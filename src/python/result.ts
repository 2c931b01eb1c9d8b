// What the check of a Python file answers: one validated value from which diagnostics, the panel and the command line are drawn.

import * as z from 'zod';

/** A place in the person's code. `line` and `column` count from 1; in a notebook `cell` counts all cells from 0 and `line` is in it. */
const place = {
  file: z.string(),
  line: z.int().nullable().optional(),
  cell: z.int().optional(),
  column: z.int().optional(),
  endLine: z.int().optional(),
  endColumn: z.int().optional(),
};

const number = z.number().nullable();

/** One W[l] or b[l]: their gradient against the central difference of their cost. */
const parameterCheck = z.object({
  name: z.string(),
  shape: z.array(z.int()),
  /** Shape of their gradient, where it is another. */
  gradientShape: z.array(z.int()).nullable(),
  /** ‖a - n‖₂ / (‖a‖₂ + ‖n‖₂); null where the shapes do not fit or nothing was found. */
  relativeDifference: number,
  /** k where their gradient is k times the derivative, entry by entry; null where there is no such k. */
  factor: number,
  /** The factor as a formula (1/m, 2, -1), where it is one. */
  factorName: z.string().nullable(),
  verdict: z.enum(['agrees', 'factor', 'wrong', 'vacuous', 'missing']),
  worst: z.object({ i: z.int(), j: z.int(), analytic: number, numeric: number }).nullable(),
  checked: z.int(),
  of: z.int(),
});

const layerCheck = z.object({
  /** l, from 1. */
  layer: z.int(),
  dW: parameterCheck,
  db: parameterCheck.nullable(),
  factor: number,
  verdict: parameterCheck.shape.verdict,
});

/** One assignment of the backward pass, in the order it ran. `is` says which derivative it holds; null for the broken one. */
const link = z.object({ ...place, name: z.string(), function: z.string(), is: z.string().nullable(), state: z.enum(['right', 'broken', 'after']) });

const finding = z.object({
  ...place,
  rule: z.string(),
  severity: z.enum(['error', 'warning', 'information']),
  function: z.string().nullable(),
  factor: number,
  message: z.string(),
  explanation: z.string(),
  /** What the statement should be, as a formula. */
  formula: z.string().nullable(),
  /** Text that may stand in place of the range: their own code was run with it and every gradient below became right. */
  replacement: z.string().nullable(),
});

const boundFunction = z.object({ ...place, function: z.string() });

const binding = z.object({
  /** By role: init, forward, cost, backward, both, update, train. */
  functions: z.record(z.string(), boundFunction),
  class: z.string().nullable(),
  parameters: z.array(z.string()),
  /** The cost inferred, where the file has none of its own. */
  cost: z.string().nullable(),
  widths: z.array(z.int()),
  samples: z.int(),
  samplesAre: z.enum(['rows', 'columns']),
  gradient: z.enum(['returned', 'attributes', 'update']).nullable(),
});

export const pythonVerdicts = ['correct', 'wrong', 'convention', 'cannot run', 'not bound'] as const;

export const pythonResultSchema = z.object({
  file: z.string(),
  verdict: z.enum(pythonVerdicts),
  /** One sentence or two. */
  summary: z.string(),
  python: z.object({ version: z.string(), numpy: z.string() }),
  bound: binding.nullable(),
  layers: z.array(layerCheck),
  chain: z.array(link),
  findings: z.array(finding),
  checked: z.array(z.string()),
  notChecked: z.array(z.string()),
  /** Every function of the file with the roles its name allows: what a person may choose from when binding by hand. */
  found: z.array(z.object({ ...place, function: z.string(), roles: z.array(z.string()), arguments: z.array(z.string()) })),
  missing: z.array(z.string()),
});

export type PythonResult = z.output<typeof pythonResultSchema>;
export type PythonFinding = z.output<typeof finding>;
export type PythonLayer = z.output<typeof layerCheck>;
export type PythonLink = z.output<typeof link>;
export type PythonVerdict = (typeof pythonVerdicts)[number];

/** Lines that the probe writes. */
export const probeMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), stage: z.enum(['load', 'bind', 'localize']) }),
  z.object({ type: z.literal('result'), result: pythonResultSchema }),
  z.object({ type: z.literal('failed'), reason: z.string() }),
]);

export type ProbeStage = 'load' | 'bind' | 'localize';
