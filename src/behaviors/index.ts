export type {
  Behavior,
  BehaviorLevel,
  BehaviorMatch,
  Detector,
  EventReference,
  EventSelector,
  Sighting,
} from './behavior.js';
export type { BehaviorEvent } from './behavior-event.js';
export { BEHAVIORS } from './behaviors.table.js';
export { type BehaviorRunner, createBehaviorRunner } from './create-behavior-runner.js';
