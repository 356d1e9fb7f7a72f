import { z } from '@hono/zod-openapi';
import { importSchema } from './imports.js';

/** What `/api/events` sends, by its `event:` line. */
export const liveEventSchema = z
  .discriminatedUnion('event', [
    z.object({ event: z.literal('change'), data: z.object({ changeCounter: z.number().int() }) }),
    z.object({ event: z.literal('import'), data: importSchema }),
  ])
  .openapi('LiveEvent', {
    description:
      'Server-sent events: `change` first and whenever the workspace changed, `import` when a job moved.',
  });
export type LiveEvent = z.infer<typeof liveEventSchema>;
