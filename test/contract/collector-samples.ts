/** One small log of each format in text. The people, hosts and addresses are made up. */
export interface CollectorSample {
  /** Name of the collector that must take it. */
  readonly format: string;
  readonly text: string;
  /** How many events it holds. */
  readonly events: number;
  /** First lines of the events. */
  readonly lines: readonly string[];
}

const SYSMON_EVENT =
  "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Sysmon'/><EventID>1</EventID><TimeCreated SystemTime='2026-11-24T10:00:00.1234567Z'/><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>ws1</Computer></System><EventData><Data Name='Image'>C:\\Windows\\whoami.exe</Data><Data Name='CommandLine'>whoami &amp; \"x\"</Data></EventData></Event>";

export const COLLECTOR_SAMPLES: readonly CollectorSample[] = [
  {
    format: 'windows-xml',
    text: `<?xml version="1.0" encoding="utf-8"?>\n<Events>\n${SYSMON_EVENT}\n${SYSMON_EVENT}\n</Events>\n`,
    events: 2,
    lines: ['3', '4'],
  },
  {
    format: 'csv',
    text: 'TimeCreated,Computer,Channel,EventID,CommandLine\n2026-11-24T10:00:00Z,ws1,Security,4688,"cmd /c ""echo\nhi"""\n2026-11-24T10:00:01Z,ws1,Security,4688,id\n',
    events: 2,
    lines: ['2', '4'],
  },
  {
    format: 'syslog',
    text: '<34>1 2026-11-24T10:00:00.003+02:00 ws1 su 77 ID47 [a@1 b="c \\"d\\""] hello\nNov 24 10:00:01 ws1 sshd[7]: Failed password for bob from 192.0.2.5 port 5151 ssh2\n<189>: 2026 Nov 24 10:00:02.123 UTC: %SYS-5-CONFIG_I: Configured from console by admin\n',
    events: 3,
    lines: ['1', '2', '3'],
  },
  {
    format: 'cef',
    text: 'CEF:0|Vendor|Product|1.0|100|Name \\| more|5|src=192.0.2.1 dst=192.0.2.2 dpt=443 msg=a b\\=c rt=1795514400000\n',
    events: 1,
    lines: ['1'],
  },
  {
    format: 'leef',
    text: 'LEEF:2.0|Vendor|Product|1.0|100|^|src=192.0.2.1^usrName=bob^devTime=Nov 24 2026 10:00:00\nLEEF:1.0|Vendor|Product|1.0|100|src=192.0.2.1\tusrName=eve\n',
    events: 2,
    lines: ['1', '2'],
  },
  {
    format: 'auditd',
    text: 'type=SYSCALL msg=audit(1795514400.100:1): arch=c000003e syscall=59 success=yes ppid=1 pid=2 auid=1000 uid=0 comm="cat" exe="/usr/bin/cat" key=(null)\ntype=SYSCALL msg=audit(1795514400.101:2): arch=c000003e syscall=59 success=yes ppid=2 pid=3 auid=1000 uid=0 comm="id" exe="/usr/bin/id" key=(null)\ntype=EXECVE msg=audit(1795514400.100:1): argc=2 a0="cat" a1=2F6574632F6120622E747874\ntype=EXECVE msg=audit(1795514400.101:2): argc=1 a0="id"\n',
    events: 2,
    lines: ['1', '2'],
  },
  {
    format: 'zeek',
    text: '#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tdns\n#fields\tts\tuid\tid.orig_h\tquery\tanswers\tAA\n#types\ttime\tstring\taddr\tstring\tvector[string]\tbool\n1795514400.100000\tCx1\t192.0.2.1\texample.com\t192.0.2.9,192.0.2.8\tF\n1795514401.100000\tCx2\t192.0.2.1\t-\t(empty)\tT\n#close\t2026-11-24-10-00-00\n',
    events: 2,
    lines: ['8', '9'],
  },
  {
    format: 'access-log',
    text: '192.0.2.1 - bob [24/Nov/2026:10:00:00 +0100] "GET /a?b=../../etc/passwd HTTP/1.1" 200 12 "-" "curl/8 \\"x\\""\nexample.com:443 192.0.2.1 - - [24/Nov/2026:10:00:01 +0100] "\\x16\\x03" 400 -\n',
    events: 2,
    lines: ['1', '2'],
  },
  {
    format: 'w3c',
    text: '#Software: Microsoft Internet Information Services 10.0\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent) sc-status\n2026-11-24 10:00:00 192.0.2.1 GET /a.aspx b=c 192.0.2.9 curl/8 200\n2026-11-24 10:00:01 192.0.2.1 POST /b - 192.0.2.9 - 404\n',
    events: 2,
    lines: ['3', '4'],
  },
  {
    format: 'plain',
    text: '2026-11-24 10:00:00,123 INFO something started\n[Tue Nov 24 10:00:01 2026] wget http://192.0.2.1/x\n',
    events: 2,
    lines: ['1', '2'],
  },
];
