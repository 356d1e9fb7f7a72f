import { addField, declareShape, hasAll } from '../declare-shape.js';
import { addWebRequest, headerIn } from '../json-products/web-request.js';
import { firstText, type JsonShape, valueAt } from '../json-record.js';

/** VPC flow logs by the names of their fields, as Athena, Parquet readers and OCSF's ancestors write them. */
export const VPC_FLOW: JsonShape = declareShape({
  name: 'aws-vpc-flow',
  fits: (record) =>
    hasAll(record, 'srcaddr', 'dstaddr', 'action') &&
    ('interface_id' in record || 'interface-id' in record || 'interfaceId' in record),
  time: ['start', 'starttime', '@timestamp', 'time'],
  host: ['instance_id', 'instance-id', 'interface_id', 'interface-id', 'interfaceId'],
  user: [],
  logsource: { product: 'aws', categories: ['firewall'], services: ['vpcflow'] },
  aliases: [
    ['srcaddr', 'src_ip'],
    ['dstaddr', 'dst_ip'],
    ['srcport', 'src_port'],
    ['dstport', 'dst_port'],
  ],
});

/** Queries that Route 53's resolver logs. */
export const ROUTE53_QUERY: JsonShape = declareShape({
  name: 'aws-route53-query',
  fits: (record) => hasAll(record, 'query_name', 'query_type', 'srcaddr'),
  time: ['query_timestamp'],
  host: ['srcids.instance', 'vpc_id', 'account_id'],
  user: [],
  logsource: { product: 'aws', categories: ['dns'], services: ['route53'] },
  aliases: [
    ['query_type', 'record_type'],
    ['answers.Rdata', 'answer'],
    ['srcaddr', 'src_ip'],
  ],
  derive(record, fields) {
    // Resolvers write the root's dot; rules do not.
    addField(fields, 'query', firstText(record, ['query_name'])?.replace(/\.$/, ''));
  },
});

/** Requests that AWS WAF saw. */
export const AWS_WAF: JsonShape = declareShape({
  name: 'aws-waf',
  fits: (record) => hasAll(record, 'webaclId', 'httpRequest'),
  time: ['timestamp'],
  host: ['httpSourceId'],
  user: [],
  logsource: { product: 'aws', categories: ['webserver'], services: ['waf'] },
  derive(record, fields) {
    const query = firstText(record, ['httpRequest.args']);
    const path = firstText(record, ['httpRequest.uri']) ?? '';
    const headers = valueAt(record, 'httpRequest.headers');
    addWebRequest(fields, {
      uri: query === undefined ? path : `${path}?${query}`,
      method: firstText(record, ['httpRequest.httpMethod']),
      host: headerIn(headers, 'host'),
      userAgent: headerIn(headers, 'user-agent'),
      referer: headerIn(headers, 'referer'),
      contentType: headerIn(headers, 'content-type'),
      cookie: headerIn(headers, 'cookie'),
      status: firstText(record, ['responseCodeSent']),
      clientIp: firstText(record, ['httpRequest.clientIp']),
    });
  },
});

/** Security Hub's findings in its own format (ASFF). */
export const SECURITY_HUB: JsonShape = declareShape({
  name: 'aws-security-hub',
  fits: (record) => hasAll(record, 'SchemaVersion', 'ProductArn', 'AwsAccountId'),
  time: ['LastObservedAt', 'UpdatedAt', 'CreatedAt'],
  host: ['AwsAccountId'],
  user: [],
  logsource: { product: 'aws', services: ['securityhub'] },
});
