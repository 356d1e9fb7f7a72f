import { z } from '@hono/zod-openapi';

/** An address that the server is asked to fetch; private networks are refused unless the operator allows them. */
export const webAddressSchema = z.object({ url: z.string().max(2_000) }).openapi('WebAddress');
