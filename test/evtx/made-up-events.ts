/** Events of a provider that does not exist, in the form in which Windows writes those of a manifest. */
import {
  ChunkWriter,
  type Content,
  element,
  FILETIME,
  NULL,
  optionalSlot,
  slot,
  type Template,
  text,
  uint,
  type Value,
  writeLog,
} from './evtx-writer.js';

const named = (name: string, index: number): Content =>
  element('Data', { Name: name }, [slot(index)]);

/** The header around a payload in slot 6. Values: EventID, Level, time, number, process, user, payload. */
export const OUTER: Template = {
  id: 0xa1,
  root: element('Event', { xmlns: 'http://schemas.microsoft.com/win/2004/08/events/event' }, [
    element('System', {}, [
      element(
        'Provider',
        { Name: 'Example-Provider', Guid: '{00000000-0000-0000-0000-000000000001}' },
        [],
      ),
      element('EventID', {}, [slot(0)]),
      element('Level', {}, [slot(1)]),
      element('TimeCreated', { SystemTime: slot(2) }, []),
      element('EventRecordID', {}, [slot(3)]),
      element('Execution', { ProcessID: slot(4) }, []),
      element('Channel', {}, ['Security']),
      element('Computer', {}, ['host.example.com']),
      element('Security', { UserID: optionalSlot(5) }, []),
    ]),
    slot(6),
  ]),
};

/** A process that starts: named values. */
export const PROCESS: Template = {
  id: 0xb2,
  root: element('EventData', {}, [
    named('NewProcessName', 0),
    named('SubjectUserName', 1),
    named('SubjectLogonId', 2),
    named('Threat Name', 3),
  ]),
};

export function outerValues(number: number, payload: Value): readonly Value[] {
  return [
    uint(0x06, 2, 4688n),
    uint(0x04, 1, 4n),
    uint(0x11, 8, FILETIME),
    uint(0x0a, 8, BigInt(number)),
    uint(0x08, 4, 816n),
    NULL,
    payload,
  ];
}

function processPayload(number: number): Value {
  return {
    template: PROCESS,
    values: [
      text(`C:\\made-up\\program${number}.exe`),
      text('alice'),
      uint(0x15, 8, 0x3e7n),
      text('none'),
    ],
  };
}

export function addProcessEvents(writer: ChunkWriter, numbers: readonly number[]): ChunkWriter {
  for (const number of numbers)
    writer.addEvent({
      number,
      template: OUTER,
      values: outerValues(number, processPayload(number)),
    });
  return writer;
}

/** A log of processes: one chunk for each list of numbers. */
export function processLog(chunks: readonly (readonly number[])[]): Uint8Array {
  return writeLog(chunks.map((numbers) => addProcessEvents(new ChunkWriter(), numbers).finish()));
}

/** An event with another payload. */
export function addEvent(writer: ChunkWriter, payload: Value): void {
  writer.addEvent({ number: 1, template: OUTER, values: outerValues(1, payload) });
}
