import { productEvent } from '../make-event.js';
import { HOUR, MINUTE, type Site } from './site.js';

type Fields = Parameters<typeof productEvent>[2]['fields'];

/** A day in the cloud: pipelines, consoles, sign-ins from home and office, documents, a cluster. */
export function addCloud(site: Site, dayMs: number): void {
  addPipelines(site, dayMs);
  addConsole(site, dayMs);
  addSignIns(site, dayMs);
  addDocuments(site, dayMs);
  addCluster(site, dayMs);
}

function aws({ add }: Site, time: number, fields: Fields): void {
  add(
    productEvent('aws', 'cloudtrail', {
      time,
      host: '123456789012',
      fields: { status: 'success', awsRegion: 'eu-central-1', ...fields },
    }),
  );
}

const ROLE = 'arn:aws:iam::123456789012:role';
const SESSION = 'arn:aws:sts::123456789012:assumed-role';

function addPipelines(site: Site, dayMs: number): void {
  for (let run = 0; run < 48; run += 1) {
    const time = dayMs + run * 30 * MINUTE;
    aws(site, time, {
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRole',
      'userIdentity.type': 'WebIdentityUser',
      sourceIPAddress: '198.51.100.60',
      'requestParameters.roleArn': `${ROLE}/pipeline`,
    });
    const pipeline = {
      'userIdentity.type': 'AssumedRole',
      'userIdentity.arn': `${SESSION}/pipeline/run${run}`,
      sourceIPAddress: '198.51.100.60',
    };
    aws(site, time + 5_000, {
      ...pipeline,
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRole',
      'requestParameters.roleArn': `${ROLE}/deploy-shop`,
    });
    const deploy = { ...pipeline, 'userIdentity.arn': `${SESSION}/deploy-shop/run${run}` };
    for (const [place, call] of [
      'DescribeStacks',
      'DescribeImages',
      'GetParameter',
      'ListTagsForResource',
    ].entries())
      aws(site, time + 10_000 + place * 3_000, {
        ...deploy,
        eventSource: `service${place}.amazonaws.com`,
        eventName: call,
      });
  }
}

/** A developer who looks around, is refused twice, and makes a key of their own. */
function addConsole(site: Site, dayMs: number): void {
  const user = {
    'userIdentity.type': 'IAMUser',
    'userIdentity.arn': 'arn:aws:iam::123456789012:user/e.lind',
    'userIdentity.userName': 'e.lind',
    sourceIPAddress: '198.51.100.9',
  };
  const start = dayMs + 9 * HOUR;
  aws(site, start, { ...user, eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin' });
  for (let call = 0; call < 60; call += 1)
    aws(site, start + call * 40_000, {
      ...user,
      eventSource: site.random.pick([
        'ec2.amazonaws.com',
        's3.amazonaws.com',
        'logs.amazonaws.com',
      ]),
      eventName: site.random.pick(['DescribeInstances', 'ListBuckets', 'DescribeLogGroups']),
    });
  for (const [place, name] of ['ListKeys', 'GetSecretValue'].entries())
    aws(site, start + HOUR + place * MINUTE, {
      ...user,
      eventSource: 'kms.amazonaws.com',
      eventName: name,
      errorCode: 'AccessDenied',
      status: 'failure',
    });
  const key = `AKIAEXAMPLE${Math.floor(dayMs / HOUR)}`;
  aws(site, start + 2 * HOUR, {
    ...user,
    eventSource: 'iam.amazonaws.com',
    eventName: 'CreateAccessKey',
    'requestParameters.userName': 'e.lind',
    'responseElements.accessKey.accessKeyId': key,
    'responseElements.accessKey.userName': 'e.lind',
  });
  aws(site, start + 3 * HOUR, {
    ...user,
    'userIdentity.accessKeyId': key,
    eventSource: 's3.amazonaws.com',
    eventName: 'ListBuckets',
  });
}

function addSignIns(site: Site, dayMs: number): void {
  for (const { name } of site.people)
    for (let sign = 0; sign < 6; sign += 1)
      addSignIn(site, dayMs + (7 + sign * 2) * HOUR + site.random.between(0, 59) * MINUTE, name);
}

function addSignIn({ add, random }: Site, time: number, name: string): void {
  const isHome = random.chance(0.3);
  const place = isHome
    ? { address: `198.51.100.${random.between(100, 200)}`, latitude: 52.4, longitude: 13.1 }
    : { address: '203.0.113.5', latitude: 52.5, longitude: 13.4 };
  const code = random.chance(0.05) ? '50126' : '0';
  const fields = {
    userPrincipalName: `${name}@example.com`,
    ipAddress: place.address,
    ResultType: random.chance(0.03) ? '500121' : code,
    'location.countryOrRegion': 'DE',
    'location.geoCoordinates.latitude': place.latitude,
    'location.geoCoordinates.longitude': place.longitude,
  };
  add(productEvent('azure', 'signinlogs', { time, host: 'tenant', fields }));
}

function addDocuments({ add, random, people }: Site, dayMs: number): void {
  for (const { name } of people)
    for (let file = 0; file < 12; file += 1)
      add(
        productEvent('m365', 'audit', {
          time: dayMs + random.between(8 * 60, 18 * 60) * MINUTE,
          host: 'example.onmicrosoft.com',
          fields: {
            Operation: 'FileDownloaded',
            UserId: `${name}@example.com`,
            ObjectId: `https://example.com/sites/team/${name}-${file}.docx`,
          },
        }),
      );
}

function addCluster({ add }: Site, dayMs: number): void {
  for (let minute = 0; minute < 24 * 60; minute += 10)
    for (let secret = 0; secret < 15; secret += 1)
      add(
        productEvent('kubernetes', 'audit', {
          time: dayMs + minute * MINUTE + secret * 1_000,
          host: 'cluster',
          fields: {
            verb: 'get',
            'user.username': 'system:kube-controller-manager',
            'objectRef.resource': 'secrets',
            'objectRef.namespace': 'shop',
            'objectRef.name': `s${secret}`,
            'responseStatus.code': 200,
          },
        }),
      );
  add(
    productEvent('kubernetes', 'audit', {
      time: dayMs + 11 * HOUR,
      host: 'cluster',
      fields: {
        verb: 'create',
        'user.username': 'e.lind@example.com',
        'objectRef.resource': 'pods',
        'objectRef.subresource': 'exec',
        'objectRef.namespace': 'shop',
        'objectRef.name': 'web-1',
        'responseStatus.code': 101,
      },
    }),
  );
}
