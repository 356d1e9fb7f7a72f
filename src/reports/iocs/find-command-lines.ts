import type { IocSink } from './found-ioc.js';

/** Programs of Windows that intruders call; a line of one is a sign of them, while lines of Unix tools fill every manual. */
const HEADS =
  'powershell|pwsh|cmd|rundll32|regsvr32|certutil|bitsadmin|wmic|schtasks|mshta|wscript|cscript|nltest|vssadmin|wbadmin|bcdedit|psexec(?:64)?|procdump(?:64)?|ntdsutil|netsh|msiexec|installutil|msbuild|icacls|takeown|fsutil|wevtutil|tasklist|taskkill|dsquery|adfind|esentutl|forfiles|attrib|cmstp|odbcconf|pcalua|mavinject|rclone|comsvcs|reg|net1?|sc|arp|whoami|ipconfig|systeminfo|nslookup|quser|klist|setspn|auditpol|makecab|extrac32|diskshadow|mimikatz|plink';
const CALL = new RegExp(`(?:${HEADS})(?:\\.exe)?["']?(?=[ \\t]+[^\\s])`, 'iy');
const WORD_HEADS = /^(?:reg|net1?|sc|arp|expand|attrib|cmd|whoami|ipconfig|plink|comsvcs)$/i;
const VERBS =
  /^[ \t]+(?:(?:user|use|localgroup|group|start|stop|view|share|accounts|session|time|config)\b|(?:create|config|query|delete|failure|sdset|qc|stop|start)[ \t]+["']?\S|(?:add|query|delete|save|export|import|load)[ \t]+["']?(?:HK|\\\\)|[-/]\w)/i;
const SWITCH =
  /[ \t][-/]{1,2}[A-Za-z?]|\\|[|&>]|"[^"\n]+"|'[^'\n]+'|[ \t](?:create|process|delete|shadows?|user|localgroup|group)\b/;
const LONGEST = 1_000;

/** First letters of programs, in small letters. */
export const COMMAND_LEADS: readonly string[] = HEADS.split('|').map(
  (head) => /^[a-z]+/.exec(head)?.[0] ?? head,
);

/**
 * A command line of Windows that starts at `at`: in quotes or backquotes up to their end, at the head of a line or after a
 * colon or prompt up to the line's end. In the middle of a sentence nobody knows where one ends, so that none is made of it.
 */
export function findCommandLine(text: string, at: number, sink: IocSink): void {
  CALL.lastIndex = at;
  const call = CALL.exec(text);
  if (call === null) return;
  const argumentsAt = at + call[0].length;
  const end = commandEnd(text, at);
  if (end === undefined) return;
  const rest = text.slice(argumentsAt, end);
  const head = call[0].replace(/\.exe|["']/gi, '');
  if (WORD_HEADS.test(head) ? !VERBS.test(rest) : !SWITCH.test(rest)) return;
  const value = text.slice(at, end);
  if (readsLikeProse(value, /["'`]/.test(text.charAt(at - 1)))) return;
  sink({ type: 'command-line', value, start: at, end, wasDefanged: false });
}

function commandEnd(text: string, at: number): number | undefined {
  const before = text.slice(Math.max(0, at - 24), at);
  const limit = Math.min(text.length, at + LONGEST);
  const quote = /["'`\u201c]$/.exec(before)?.[0];
  if (quote !== undefined) {
    const close = text.indexOf(quote, at);
    const line = text.slice(at, Math.min(close === -1 ? limit : close, limit));
    // The quote may close the program's own name alone: "C:\x\cmd.exe" /c …
    return close === -1 || close > limit || line.includes('\n') ? undefined : close;
  }
  if (
    !/(?:^|[\n\t|])[\s•▪*·-]*(?:[A-Za-z]:\\[^\n>]{0,20}>|PS>|[$#>])?\s*$|[:=]\s{1,2}$/.test(before)
  )
    return undefined;
  const pattern = /[^\n\t]*/y;
  pattern.lastIndex = at;
  const length = pattern.exec(text)?.[0].trimEnd().length ?? 0;
  return length > LONGEST ? undefined : at + length;
}

/** Several plain words in a row, the full stop of a sentence, or, outside of quotes, a word that only sentences have. */
function readsLikeProse(value: string, isQuoted: boolean): boolean {
  const bare = value.replace(/"[^"]*"|'[^']*'/g, '');
  if (
    !isQuoted &&
    /\s(?:was|were|is|are|been|which|that|this|these|by|has|had|have|will|can|commands?)\b/.test(
      bare,
    )
  )
    return true;
  const ending = value.replace(/\.(?:exe|dll|ps1|bat|vbs|js|com|net|org)$/i, '');
  return /(?: [a-z]{2,}){6,}/.test(bare) || /[a-z]{3}\.(?: [A-Z]|$)/.test(ending);
}
