// The JSON Schema that VS Code uses for completion, hover and squiggles in *.gradient.json files.

import * as z from 'zod';
import { experimentSchema } from './schema';

export function experimentJsonSchema(): object {
  return {
    ...z.toJSONSchema(experimentSchema, { io: 'input', target: 'draft-7' }),
    title: 'Gradient Debugger experiment',
    allowComments: true,
    allowTrailingCommas: true,
  };
}
