// Names of what infra/ makes, and putting a region's functions to sleep.

export const kHelpRegion = 'where (AWS_REGION, or ap-southeast-1)';

/** As nameOf in infra/lib/settings.ts. */
export const nameIn = (stage, name) => (stage === 'prod' ? name : `${name}-${stage}`);

/** As in infra/lib/functions.ts and infra/lib/schedules.ts; a test compares them. */
export const kFunctions = ['auth', 'image', 'payment', 'worker', 'scheduler'];
export const kRules = ['reap', 'reconcile', 'mail', 'forget', 'figures', 'daily'];

/**
 * Asleep, no function runs, whoever calls: nothing is written. Awake again, messages that waited
 * are worked on, and the reaper gives back what took too long.
 */
export async function setAwake(aws, stage, awake) {
  const functionNames = kFunctions.map((name) => nameIn(stage, `imagify-${name}-function`));
  for (const FunctionName of functionNames)
    if (awake) await aws.change('lambda delete-function-concurrency', { FunctionName });
    else
      await aws.change('lambda put-function-concurrency', {
        FunctionName,
        ReservedConcurrentExecutions: 0,
      });
  for (const name of kRules)
    await aws.change(`events ${awake ? 'enable' : 'disable'}-rule`, {
      Name: nameIn(stage, `imagify-${name}`),
    });
  const worker = `${nameIn(stage, 'imagify-worker-function')}:live`;
  const { EventSourceMappings = [] } = await aws.ask('lambda list-event-source-mappings', {
    FunctionName: worker,
  });
  for (const { UUID } of EventSourceMappings)
    await aws.change('lambda update-event-source-mapping', { UUID, Enabled: awake });
}
