export type { OidcSettings } from './auth/oidc.js';
export { parseOidcSettings } from './auth/parse-oidc-settings.js';
export { createPasswordHasher, type PasswordHasher } from './auth/password.js';
export { createServer, type PortolanServer } from './create-server.js';
export { type Listening, listen } from './listen.js';
export {
  demandsSignIn,
  isLoopback,
  type Rate,
  type RateClass,
  type ServerSettings,
} from './server-settings.js';
