/** A web server's or proxy's way to name the parts of a request. */
export interface RequestNames {
  readonly product: string | undefined;
  /** All of these must be there. */
  readonly needs: readonly string[];
  readonly uri: readonly string[];
  /** Query, where the URI goes without. */
  readonly query?: readonly string[];
  readonly method: readonly string[];
  readonly host: readonly string[];
  readonly userAgent: readonly string[];
  readonly referer: readonly string[];
  readonly contentType?: readonly string[];
  readonly cookie?: readonly string[];
  readonly status: readonly string[];
  readonly clientIp: readonly string[];
  readonly user: readonly string[];
  readonly time: readonly string[];
  readonly server: readonly string[];
}

/** The names of the W3C's extended log format, which IIS writes. */
export const W3C_NAMES: RequestNames = {
  product: undefined,
  needs: ['cs-method', 'cs-uri-stem'],
  uri: ['cs-uri-stem'],
  query: ['cs-uri-query'],
  method: ['cs-method'],
  host: ['cs-host'],
  userAgent: ['cs(User-Agent)', 'cs-user-agent'],
  referer: ['cs(Referer)', 'cs-referer'],
  cookie: ['cs(Cookie)', 'cs-cookie'],
  status: ['sc-status'],
  clientIp: ['c-ip'],
  user: ['cs-username'],
  time: ['@timestamp', 'timestamp', 'time', 'date-time'],
  server: ['s-computername', 's-sitename', 's-ip'],
};

// Source: Caddy 2's access log; Traefik 3's; Cloudflare's Logpush `http_requests`; variables of nginx's log format and
// the names that nginx' and Apache's documentation use for JSON.
/** Web servers, the most telling first. */
export const SERVERS: readonly RequestNames[] = [
  {
    product: 'caddy',
    needs: ['request.uri', 'request.method', 'status'],
    uri: ['request.uri'],
    method: ['request.method'],
    host: ['request.host'],
    userAgent: ['request.headers.User-Agent.0'],
    referer: ['request.headers.Referer.0'],
    contentType: ['request.headers.Content-Type.0'],
    cookie: ['request.headers.Cookie.0'],
    status: ['status'],
    clientIp: ['request.client_ip', 'request.remote_ip'],
    user: ['user_id'],
    time: ['ts'],
    server: [],
  },
  {
    product: 'traefik',
    needs: ['RequestPath', 'RequestMethod', 'ClientHost'],
    uri: ['RequestPath'],
    method: ['RequestMethod'],
    host: ['RequestHost', 'RequestAddr'],
    userAgent: ['request_User-Agent'],
    referer: ['request_Referer'],
    status: ['DownstreamStatus', 'OriginStatus'],
    clientIp: ['ClientHost'],
    user: ['ClientUsername'],
    time: ['StartUTC', 'time'],
    server: [],
  },
  {
    product: 'cloudflare',
    needs: ['ClientRequestURI', 'ClientRequestMethod'],
    uri: ['ClientRequestURI'],
    method: ['ClientRequestMethod'],
    host: ['ClientRequestHost'],
    userAgent: ['ClientRequestUserAgent'],
    referer: ['ClientRequestReferer'],
    status: ['EdgeResponseStatus', 'OriginResponseStatus'],
    clientIp: ['ClientIP'],
    user: [],
    time: ['EdgeStartTimestamp', 'Datetime'],
    server: ['ZoneName', 'ClientRequestHost'],
  },
  W3C_NAMES,
  ...(['request_uri', 'uri', 'path', 'url', 'request'] as const).map((uri) => ({
    product: undefined,
    needs: [uri, 'status'],
    uri: [uri],
    query: ['query_string', 'args', 'query'],
    method: ['request_method', 'method', 'http_method', 'verb'],
    host: ['http_host', 'host', 'server_name', 'vhost'],
    userAgent: ['http_user_agent', 'user_agent', 'agent', 'userAgent'],
    contentType: ['content_type', 'http_content_type'],
    cookie: ['http_cookie', 'cookie'],
    referer: ['http_referer', 'http_referrer', 'referer', 'referrer'],
    status: ['status'],
    clientIp: ['remote_addr', 'client_ip', 'clientip', 'remote_ip', 'remoteIP', 'client'],
    user: ['remote_user', 'user', 'auth'],
    time: ['time_iso8601', '@timestamp', 'timestamp', 'time', 'time_local', 'msec', 'date'],
    server: ['hostname', 'server_name', 'host'],
  })),
];
