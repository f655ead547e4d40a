import { refuseUnknownOption } from '../util/refuse-unknown-option.ts';
import { optionNames } from '../util/unknown-option.ts';
import type {
  DeployDefinition,
  LintDefinition,
  ProjectDefinition,
  RevisionsDefinition,
  ServiceDefinition,
} from './project.ts';

const ofProject = optionNames<ProjectDefinition>({
  name: true,
  services: true,
  topology: true,
  ledger: true,
  revisions: true,
  deploy: true,
  lint: true,
  commands: true,
});

const ofService = optionNames<ServiceDefinition>({
  schema: true,
  migrations: true,
  seeds: true,
  accounts: true,
  tenancy: true,
  retention: true,
  erasure: true,
  resources: true,
  environmentPrefix: true,
});

const ofParts = {
  ledger: optionNames<NonNullable<ProjectDefinition['ledger']>>({ table: true }),
  revisions: optionNames<RevisionsDefinition>({
    template: true,
    include: true,
    exclude: true,
    skipDrops: true,
    phased: true,
  }),
  deploy: optionNames<DeployDefinition>({ backup: true }),
  lint: optionNames<LintDefinition>({ rules: true, paths: true }),
};

/** Refuses what a project file says and nobody reads: a mistyped `backup` would be none. */
export function refuseMistyped(project: ProjectDefinition): void {
  refuseUnknownOption(project, ofProject, 'the project', 'PROJECT_INVALID');
  for (const [part, names] of Object.entries(ofParts))
    refuseUnknownOption(project[part as keyof typeof ofParts], names, part, 'PROJECT_INVALID');
  for (const [name, service] of Object.entries(project.services))
    refuseUnknownOption(service, ofService, `service ${name}`, 'PROJECT_INVALID');
}
