import { type ApiRoute, defineRoute } from '../api-route.js';
import { Refusal } from '../refusal.js';
import type { LiveEvent } from '../schemas/live-events.js';
import type { ServerContext } from '../server-context.js';

const MAX_STREAMS = 2_000;
// Proxies end connections on which nothing comes for a minute.
const BEAT_MS = 25_000;
// Then the browser asks again, and whoever was kept out meanwhile is refused.
const MAX_STREAM_MS = 15 * 60_000;
// Chunks that wait for a browser that reads nothing.
const MAX_WAITING = 256;

/** A stream of what changes, as server-sent events. */
export function eventRoutes({ live, store }: ServerContext): readonly ApiRoute[] {
  return [
    defineRoute(
      {
        name: 'event.stream',
        method: 'get',
        path: '/api/events',
        access: 'viewer',
        rate: 'events',
        summary:
          'Server-sent events: `change` when the workspace changed, `import` when a job moved',
        produces: ['text/event-stream'],
      },
      async ({ c }) => {
        if (live.size >= MAX_STREAMS)
          throw new Refusal('TOO_MANY_REQUESTS', 'too many streams are open', { retrySeconds: 30 });
        const changeCounter = await store.changeCount();
        const body = streamOf({ live, changeCounter, signal: c.req.raw.signal });
        return new Response(body, {
          headers: {
            'Content-Type': 'text/event-stream; charset=utf-8',
            'Cache-Control': 'no-store',
            'X-Accel-Buffering': 'no',
          },
        });
      },
    ),
  ];
}

function streamOf({
  live,
  changeCounter,
  signal,
}: {
  readonly live: ServerContext['live'];
  readonly changeCounter: number;
  readonly signal: AbortSignal;
}): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let release: () => void = () => undefined;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const end = (): void => {
        if (!isOpen) return;
        release();
        controller.close();
      };
      let isOpen = true;
      const send = (text: string): void => {
        if ((controller.desiredSize ?? 0) < -MAX_WAITING) end();
        else if (isOpen) controller.enqueue(encoder.encode(text));
      };
      const tell = ({ event, data }: LiveEvent): void =>
        send(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      const beat = setInterval(() => send(': beat\n\n'), BEAT_MS);
      beat.unref();
      const limit = setTimeout(end, MAX_STREAM_MS);
      limit.unref();
      const stop = live.subscribe(tell, end);
      release = () => {
        isOpen = false;
        clearInterval(beat);
        clearTimeout(limit);
        stop();
      };
      signal.addEventListener('abort', end, { once: true });
      tell({ event: 'change', data: { changeCounter } });
    },
    cancel: () => release(),
  });
}
