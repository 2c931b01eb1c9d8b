// The JSON Schema that VS Code uses for completion, hover and squiggles in *.gradient.json files.

import * as z from 'zod';
import { experimentSchema } from './schema';

export function experimentJsonSchema(): object {
  const { required: _, ...schema } = z.toJSONSchema(experimentSchema, { io: 'input', target: 'draft-7' });
  return {
    ...schema,
    // a file that only says which function of a Python file is which needs no data
    anyOf: [{ required: ['data'] }, { required: ['python'] }],
    title: 'Gradient Debugger experiment',
    allowComments: true,
    allowTrailingCommas: true,
  };
}
