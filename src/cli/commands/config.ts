import { describeSettings } from '../../config/describe-settings.ts';
import { ExitCode } from '../../errors/codes.ts';
import { command, projectOptions, type AnyCommand } from '../command.ts';
import { forService } from '../for-each-service.ts';
import { loadProject } from '../load-project.ts';
import { renderTable } from '../render/table.ts';

export const config: AnyCommand = command({
  name: 'config',
  summary: 'show the settings in force and where each came from',
  details: 'Secrets are masked. Connects to nothing.',
  options: projectOptions,
  examples: ['rowhouse config', 'rowhouse config --env production --service auth'],
  async run({ options, output, surroundings }) {
    const { services } = await loadProject(options, surroundings);
    const found: Record<string, unknown> = {};
    for (const service of services) {
      const rows = await forService(service, async () => await Promise.resolve(describeSettings(service.settings())));
      found[service.name] = rows;
      if (options.json) continue;
      if (services.length > 1) output.data(`${service.name}`);
      output.data(
        renderTable(
          ['setting', 'value', 'from'],
          rows.map(({ setting, value, from }) => [setting, value, from]),
          output.width,
        ),
      );
    }
    if (options.json) output.data(JSON.stringify({ ok: true, services: found }, undefined, 2));
    return ExitCode.ok;
  },
});
