import type { ReactNode } from 'react';
import type { ApiMapping } from '../../../src/server/api-types.js';
import { formatTime } from './format-values.js';
import { placeMarks, type SubjectMarks } from './place-marks.js';

const WIDTH = 1000;
const LANE = 14;
const MARK = 8;

interface TimeLineProps {
  readonly mappings: readonly ApiMapping[];
  readonly onChoose: (mapping: ApiMapping) => void;
}

function SubjectLine({
  line,
  onChoose,
}: {
  readonly line: SubjectMarks;
  readonly onChoose: (mapping: ApiMapping) => void;
}): ReactNode {
  const inner = WIDTH - 2 * MARK - 60;
  return (
    <div className="time-line-row">
      <div className="time-line-name" title={line.subject}>
        {line.subject}
      </div>
      {/* The table below says the same in words; a screen reader needs no dots. */}
      <svg
        viewBox={`0 0 ${WIDTH} ${line.lanes * LANE + 4}`}
        preserveAspectRatio="none"
        style={{ height: `${line.lanes * LANE + 4}px` }}
        aria-hidden="true"
      >
        {line.marks.map(({ mapping, start, end, lane }) => {
          const x = MARK + start * inner;
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the table is the way for keyboards.
            <g
              key={mapping.id}
              className={`time-mark status-${mapping.status}`}
              onClick={() => onChoose(mapping)}
            >
              <title>
                {mapping.techniqueId} {mapping.techniqueName ?? ''}, {formatTime(mapping.firstSeen)}
              </title>
              <rect
                x={x - 4}
                y={lane * LANE + 3}
                width={Math.max(MARK, (end - start) * inner + MARK)}
                height={LANE - 4}
                rx={3}
              />
            </g>
          );
        })}
      </svg>
    </div>
  );
}

/** When each host or account showed which technique; a mark opens the mapping. */
export function TimeLine({ mappings, onChoose }: TimeLineProps): ReactNode {
  const line = placeMarks(mappings, 0.012);
  if (line.subjects.length === 0) return <p className="muted">Nothing here has a time.</p>;
  return (
    <figure className="time-line">
      {line.subjects.map((subject) => (
        <SubjectLine key={subject.subject} line={subject} onChoose={onChoose} />
      ))}
      <figcaption className="small muted row">
        <span>{formatTime(new Date(line.firstMs).toISOString())}</span>
        <span className="gap" />
        <span>{formatTime(new Date(line.lastMs).toISOString())}</span>
      </figcaption>
      {line.undated > 0 ? <p className="small muted">{line.undated} more have no time.</p> : null}
    </figure>
  );
}
