/** How sessions begin that services and tools name where no person did. */
const toolNames: readonly RegExp[] = [
  // an instance, a task, a host
  /^(?:i|mi|task|eni|vol|pod|ip)-[0-9a-f-]{6,}/i,
  /^(?:botocore|boto3?|aws-(?:sdk|cli|go-sdk)|awscli|terraform|pulumi|cdk|serverless)[-_]/i,
  /^(?:GitHubActions?|gh-actions|gitlab|circleci|bitbucket|jenkins|buildkite|argocd|spinnaker|codefresh|travis)(?:[-_.@]|$)/i,
  /^AWS[A-Z]|^(?:CodeDeploy|CodePipeline|StepFunctions|AutoScaling|CLOUDWATCH_LOGS|ecs-|eks-)/,
  /^(?:TrustedAdvisor|MandoService|SLRManagement)/,
];

/** What changes from one session to the next: a counter, a time, an id, a hash. */
const countedNames: readonly RegExp[] = [
  /\d{4}/,
  /(?:^|[-_.:@])(?=[a-f]*\d)[0-9a-f]{7,}(?:$|[-_.:@])/i,
  /[0-9a-f]{8}-[0-9a-f]{4}-/i,
  /^[^a-z]*$/i,
];

/** Words that stand in names of programs, functions and their sessions, and in no one's name. */
const machineWords: ReadonlySet<string> = new Set(
  `access action actions agent alert alerts analyzer api app apps assume assumed auto automation aws backend backup bastion
  batch bot build builder cd ci cleanup cli client cloud cluster collector config console consumer container controller
  cron cross daemon data db default delivery demo deploy deployer deployment dev dispatcher ecs edge eks emr etl
  event events example executor exporter fargate federated federation fetcher fn forwarder frontend function functions
  gateway glue handler host http image importer indexer ingest instance integration invoke job jobs k8s kube lambda
  listener loader log logger login logs manager migration monitor monitoring my node notifier operator orchestrator
  pipeline poller prd pre prod production processor producer prometheus proxy publisher qa queue reader replication report
  reporter role root router run runner sandbox scan scanner scheduler script security server service session sessions
  sink sns source sqs ssm stack staging stage stats step stream svc sync system tag task tasks temp temporary
  terraform test tests testing tester tmp token tool trigger updater uploader user validator vault watcher web webhook
  worker workflow writer`.split(/\s+/),
);

const email = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;
const nameCharactersMax = 64;
const wordsMax = 3;

/**
 * Whether a session's name, or a source identity, is how a person is called: an e-mail address, or a few words in which
 * nothing speaks of a program. Who names a session may choose the name: it tells people apart, it proves nothing.
 */
export function namesPerson(name: string): boolean {
  if (name === "" || name.length > nameCharactersMax) {
    return false;
  }
  if (email.test(name)) {
    return !toolNames.some((pattern) => pattern.test(name));
  }
  const words = wordsOf(name);
  return (
    words.length > 0 &&
    words.length <= wordsMax &&
    words.some((word) => word.length > 1) &&
    ![...toolNames, ...countedNames].some((pattern) => pattern.test(name)) &&
    !words.some((word) => machineWords.has(word))
  );
}

/** `mary.major`, `MaryMajor`, `farid-query` in their words, small and without digits. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/(\p{Ll})(?=\p{Lu})/gu, "$1 ")
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== "");
}
