// Source: Zeek's documentation of its logs, and Sigma's taxonomy for the generic categories.

/** Zeek's log → Sigma categories of any product, and the names that those give the fields. */
export interface ZeekPath {
  readonly categories: readonly string[];
  readonly aliases: readonly (readonly [from: string, to: string])[];
}

const ENDPOINTS = [
  ['id.orig_h', 'src_ip'],
  ['id.orig_p', 'src_port'],
  ['id.resp_h', 'dst_ip'],
  ['id.resp_p', 'dst_port'],
] as const;

export const ZEEK_PATHS: Readonly<Record<string, ZeekPath>> = {
  conn: { categories: ['firewall'], aliases: ENDPOINTS },
  dns: {
    categories: ['dns'],
    aliases: [...ENDPOINTS, ['answers', 'answer'], ['qtype_name', 'record_type']],
  },
  http: { categories: ['proxy', 'webserver'], aliases: ENDPOINTS },
};

/** Fields that only one log has, for JSON that does not say which it is; the most telling first. */
export const PATH_OF_FIELDS: readonly (readonly [path: string, fields: readonly string[]])[] = [
  ['conn', ['conn_state']],
  ['dns', ['query', 'trans_id']],
  ['dns', ['query', 'qtype_name']],
  ['http', ['trans_depth', 'method']],
  ['http', ['trans_depth', 'host']],
  ['smtp', ['trans_depth', 'helo']],
  ['smb_files', ['action', 'name', 'size']],
  ['smb_files', ['action', 'path', 'times.modified']],
  ['smb_mapping', ['share_type']],
  ['dce_rpc', ['endpoint', 'operation']],
  ['kerberos', ['request_type', 'client']],
  ['ntlm', ['domainname', 'hostname']],
  ['rdp', ['security_protocol']],
  ['rdp', ['cookie', 'result']],
  ['ssh', ['auth_attempts']],
  ['ssl', ['server_name', 'established']],
  ['ssl', ['version', 'cipher']],
  ['x509', ['certificate.serial']],
  ['files', ['fuid', 'seen_bytes']],
  ['ftp', ['command', 'reply_code']],
  ['dhcp', ['msg_types']],
  ['notice', ['note', 'actions']],
  ['weird', ['name', 'notice', 'peer']],
  ['software', ['software_type']],
  ['tunnel', ['tunnel_type']],
];
