import type { ServiceDatabase } from '../../connect/service-session.ts';
import type { CommandContext } from '../command-context.ts';
import type { LoadedProject, LoadedService, ProjectOptions } from '../load-project.ts';

/** The words of `rowhouse deploy`. */
export interface DeployOptions extends ProjectOptions {
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly askServer: boolean;
  readonly ignoreSpace: boolean;
  readonly scratch: string | undefined;
  readonly lockTimeout: number | undefined;
  readonly retryFor: number | undefined;
}

/** A part of a deploy, in the order in which they come. */
export type StepName = 'wait' | 'backup' | 'plan' | 'space' | 'lint' | 'expand' | 'verify';

/** What became of a step. */
export interface StepReport {
  readonly service: string;
  readonly step: StepName;
  readonly outcome: 'done' | 'skipped' | 'failed';
  readonly tookMs: number;
  /** In a few words, for people. */
  readonly detail: string;
}

/** One step for one service. */
export interface Step {
  readonly name: StepName;
  /** It writes, here or in a scratch database: a dry run leaves it out. */
  readonly writes: boolean;
  /** Gives what is to be said of it; undefined when there was nothing to do. */
  run(deploy: ServiceDeploy): Promise<string | undefined>;
}

/** What the steps of one service work on. */
export interface ServiceDeploy {
  readonly context: CommandContext<DeployOptions>;
  readonly loaded: LoadedProject;
  readonly service: LoadedService;
  open(): Promise<ServiceDatabase>;
}
