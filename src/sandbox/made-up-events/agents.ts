/** How callers name themselves; written as the real programs write them. */
export const agents = {
  browsers: [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
    "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
  ],
  terraform:
    "APN/1.0 HashiCorp/1.0 Terraform/1.13.4 (+https://www.terraform.io) terraform-provider-aws/6.18.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.39.4 ua/2.1 os/linux lang/go#1.24.8 md/GOOS#linux md/GOARCH#amd64 api/@API#1.88.7 m/n,C",
  javaSdk:
    "aws-sdk-java/2.35.11 md/io#sync md/http#Apache ua/2.1 os/Linux#6.1.155 lang/java#21.0.8 md/OpenJDK_64-Bit_Server_VM#21.0.8+9-LTS md/vendor#Amazon.com_Inc. exec-env/AWS_ECS_FARGATE m/D,N,e",
  goSdk:
    "aws-sdk-go-v2/1.39.4 ua/2.1 os/linux lang/go#1.24.8 md/GOOS#linux md/GOARCH#arm64 api/@API#1.88.7 exec-env/AWS_Lambda_provided.al2023 m/E,g",
  nodeSdk:
    "aws-sdk-js/3.921.0 ua/2.1 os/linux#5.10.245 lang/js md/nodejs#22.20.0 api/@API#3.921.0 exec-env/AWS_Lambda_nodejs22.x m/E,N",
  boto: "Boto3/1.40.64 md/Botocore#1.40.64 ua/2.1 os/linux#6.1.155 md/arch#x86_64 lang/python#3.12.12 md/pyimpl#CPython m/Z,b,D,e cfg/retry-mode#standard Botocore/1.40.64",
  ssmAgent: "aws-sdk-go/1.55.7 (go1.23.9; linux; amd64) amazon-ssm-agent/3.3.3050.0 exec-env/EC2 OS/Amazon Linux 2023",
  cdk: "aws-sdk-js/3.921.0 ua/2.1 os/linux#6.11.0-1018-azure lang/js md/nodejs#22.20.0 api/@API#3.921.0 m/D,E app/aws-cdk/2.1031.0",
} as const;

/** The AWS CLI's user agent carries the command (filled in for each call), as in real records. */
export function cliAgent(system: "mac" | "linux" | "github"): string {
  const os = {
    mac: "os/macos#25.0.0 md/arch#arm64",
    linux: "os/linux#6.8.0-87-generic md/arch#x86_64",
    github: "os/linux#6.11.0-1018-azure md/arch#x86_64",
  }[system];
  return `aws-cli/2.31.29 md/awscrt#0.28.4 ua/2.1 ${os} lang/python#3.13.9 md/pyimpl#CPython ${system === "github" ? "exec-env/GitHubActions " : ""}m/G,Z,E,b,n cfg/retry-mode#standard md/installer#exe md/prompt#off md/command#@COMMAND`;
}
