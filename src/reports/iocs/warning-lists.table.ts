const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Hosts that reports name and nobody should block, by what they are. Sources: docs/report-iocs.md, "Warning lists". */
export const HOST_LISTS: readonly {
  readonly name: string;
  /** Registered domains or hosts; what is below them counts too. */
  readonly hosts: ReadonlySet<string>;
}[] = [
  {
    name: 'reserved domains',
    hosts: list('example.com example.net example.org example test invalid localhost localdomain'),
  },
  {
    name: 'local domains',
    hosts: list('local lan internal corp home arpa'),
  },
  {
    name: 'security vendors and report hosts',
    hosts:
      list(`mitre.org cisa.gov us-cert.gov nist.gov ncsc.gov.uk cert.org first.org virustotal.com hybrid-analysis.com any.run
      abuse.ch malpedia.caad.fkie.fraunhofer.de shodan.io censys.io urlscan.io greynoise.io alienvault.com otx.alienvault.com
      mandiant.com fireeye.com crowdstrike.com kaspersky.com securelist.com welivesecurity.com eset.com symantec.com broadcom.com
      trendmicro.com talosintelligence.com cisco.com paloaltonetworks.com checkpoint.com proofpoint.com sentinelone.com sophos.com
      bitdefender.com mcafee.com trellix.com fortinet.com fortiguard.com recordedfuture.com secureworks.com rapid7.com tenable.com
      qualys.com elastic.co splunk.com redcanary.com thedfirreport.com volexity.com dragos.com group-ib.com zscaler.com
      malwarebytes.com cybereason.com blackberry.com f-secure.com withsecure.com avast.com avira.com bleepingcomputer.com
      krebsonsecurity.com exploit-db.com cve.org`),
  },
  {
    name: 'top sites',
    hosts:
      list(`google.com youtube.com facebook.com instagram.com twitter.com x.com linkedin.com wikipedia.org wikimedia.org
      microsoft.com microsoftonline.com windows.com windows.net windowsupdate.com office.com office365.com live.com outlook.com
      bing.com azure.com apple.com icloud.com amazon.com amazonaws.com cloudflare.com github.com githubusercontent.com gitlab.com
      bitbucket.org mozilla.org python.org nodejs.org npmjs.com debian.org ubuntu.com redhat.com oracle.com ibm.com adobe.com
      dropbox.com zoom.us slack.com discord.com telegram.org whatsapp.com yahoo.com reddit.com medium.com wordpress.com w3.org
      schema.org ietf.org iana.org apache.org gnu.org kernel.org stackoverflow.com`),
  },
];

/** Address ranges that belong to nobody in particular, as CIDR. Source: IANA special-purpose registries (RFC 6890). */
export const RANGE_LISTS: readonly { readonly name: string; readonly ranges: readonly string[] }[] =
  [
    {
      name: 'documentation addresses',
      ranges: ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '3fff::/20'],
    },
    {
      name: 'private addresses',
      ranges: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'],
    },
    {
      name: 'reserved addresses',
      ranges: [
        '0.0.0.0/8',
        '127.0.0.0/8',
        '169.254.0.0/16',
        '192.0.0.0/24',
        '192.88.99.0/24',
        '198.18.0.0/15',
        '224.0.0.0/4',
        '240.0.0.0/4',
        '::/128',
        '::1/128',
        '64:ff9b::/96',
        '100::/64',
        'fe80::/10',
        'ff00::/8',
      ],
    },
    {
      name: 'public resolvers',
      ranges: [
        '1.1.1.1/32',
        '1.0.0.1/32',
        '1.1.1.2/32',
        '1.1.1.3/32',
        '8.8.8.8/32',
        '8.8.4.4/32',
        '9.9.9.9/32',
        '9.9.9.10/32',
        '149.112.112.112/32',
        '208.67.222.222/32',
        '208.67.220.220/32',
        '64.6.64.6/32',
        '64.6.65.6/32',
        '4.2.2.1/32',
        '4.2.2.2/32',
        '94.140.14.14/32',
        '94.140.15.15/32',
        '77.88.8.8/32',
        '77.88.8.1/32',
        '114.114.114.114/32',
        '223.5.5.5/32',
        '119.29.29.29/32',
        '2606:4700:4700::1111/128',
        '2606:4700:4700::1001/128',
        '2001:4860:4860::8888/128',
        '2001:4860:4860::8844/128',
        '2620:fe::fe/128',
      ],
    },
  ];

/** Hashes of nothing: an empty file. Source: FIPS 180-4 and RFC 1321 with no input. */
export const EMPTY_HASHES: ReadonlySet<string> = list(`
  d41d8cd98f00b204e9800998ecf8427e
  da39a3ee5e6b4b0d3255bfef95601890afd80709
  d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f
  e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
  38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b
  cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e`);

/** Files that every Windows has: the name says nothing, the folder may. */
export const SYSTEM_FILES: ReadonlySet<string> = list(
  'cmd.exe powershell.exe explorer.exe svchost.exe rundll32.exe regsvr32.exe lsass.exe services.exe winlogon.exe csrss.exe smss.exe wininit.exe taskhost.exe taskmgr.exe conhost.exe dllhost.exe mshta.exe wscript.exe cscript.exe wmic.exe schtasks.exe net.exe net1.exe sc.exe reg.exe certutil.exe bitsadmin.exe msiexec.exe iexplore.exe chrome.exe firefox.exe outlook.exe winword.exe excel.exe powerpnt.exe notepad.exe calc.exe kernel32.dll ntdll.dll user32.dll advapi32.dll ws2_32.dll wininet.dll winhttp.dll comsvcs.dll shell32.dll ole32.dll amsi.dll vssadmin.exe wbadmin.exe bcdedit.exe wevtutil.exe netsh.exe nltest.exe whoami.exe ipconfig.exe tasklist.exe spoolsv.exe',
);
