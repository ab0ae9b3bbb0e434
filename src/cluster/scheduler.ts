/** What Colophon asks of a scheduler, whichever it is. */

/** What a scheduler says of a job. */
export type JobState =
  | 'waiting'
  | 'running'
  | 'ended'
  | 'failed'
  | 'out-of-memory'
  | 'timed-out'
  | 'preempted'
  | 'node-failed'
  | 'cancelled'
  /** Another that it waited for did not end well. */
  | 'not-started';

export interface Submission {
  /** "0", "1", …: counted in a run. */
  readonly group: string;
  /** How many tasks it has. */
  readonly tasks: number;
  /** What the scheduler called the groups that are to be over before. */
  readonly after: readonly string[];
}

/** A job as a scheduler knows it. */
export interface KnownJob {
  readonly group: string;
  readonly task: number;
  readonly state: JobState;
  /** In its own words: "JobArrayTaskLimit". */
  readonly reason: string;
}

export interface Scheduler {
  readonly name: string;
  /** Whether jobs can be told to wait for others; otherwise what is ready is submitted, and the rest later. */
  readonly waits: boolean;
  /** Gives the group's name with the scheduler. Rejects with an EnvironmentError. */
  submit(submission: Submission): Promise<string>;
  /** The jobs that it knows, those that ended lately too; undefined while it does not answer. */
  jobs(): Promise<readonly KnownJob[] | undefined>;
  /** Ends all of them. */
  cancel(): Promise<void>;
  /** What a person types to end them; undefined where that is not known. */
  readonly cancelLine: string | undefined;
}
