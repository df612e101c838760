package io.binlogbroker.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Helm chart, rendered by Helm itself, and the manifests that it renders by default. */
@Timeout(120)
class ChartTest {
  private static final Path CHART = Path.of("../deploy/helm/binlogbroker");
  private static final Path MANIFESTS = Path.of("../deploy/kubernetes/binlogbroker.yaml");

  @TempDir private Path folder;

  @Test
  void helmFindsNothingToComplainAbout() {
    LintResult lint = new Helm(CHART).lint().strict().call();

    assertThat(lint.isFailed()).as(lint.getMessages().toString()).isFalse();
  }

  @Test
  void theDefaultsAreValidForTheKubernetesApi() throws IOException {
    Manifests rendered = render("");

    rendered.validate();
    assertThat(rendered.kinds())
        .containsExactlyInAnyOrder(
            "ConfigMap",
            "Secret",
            "Service",
            "ServiceAccount",
            "Deployment",
            "PodDisruptionBudget",
            "NetworkPolicy");
  }

  @Test
  void theValidationDetectsAWrongField() throws IOException {
    Manifests wrong =
        Manifests.read(
            """
            apiVersion: v1
            kind: ServiceAccount
            automountServiceAccountTokens: false
            """);

    assertThatThrownBy(wrong::validate).hasMessageContaining("automountServiceAccountTokens");
  }

  @Test
  void theChartHasTheVersionOfTheProgram() throws IOException {
    String version =
        Files.readString(Path.of("pom.xml")).split("<version>", 2)[1].split("</version>", 2)[0];

    assertThat(Files.readString(CHART.resolve("Chart.yaml")))
        .contains("\nversion: " + version.replace("-SNAPSHOT", "") + "\n")
        .contains("\nappVersion: " + version + "\n");
  }

  @Test
  void everyOptionTogetherIsValidForTheKubernetesApi() throws IOException {
    Manifests rendered =
        render(
            """
            replicas: 3
            image: {repository: registry.example/binlogbroker, tag: "1", pullPolicy: Always}
            imagePullSecrets: [{name: registry}]
            etcd: {addresses: ["etcd-0:2379", "etcd-1:2379"]}
            secret: {existing: mysql-account}
            javaOpts: -Xmx512m
            networkPolicy: {from: [{namespaceSelector: {matchLabels: {team: ops}}}], ports: [3307]}
            serviceMonitor: {enabled: true, labels: {release: prometheus}}
            timeZone: Asia/Shanghai
            podAnnotations: {note: "1"}
            podLabels: {team: ops}
            nodeSelector: {disk: ssd}
            tolerations: [{key: dedicated, operator: Exists, effect: NoSchedule}]
            """);

    rendered.validate();
    assertThat(rendered.kinds()).contains("ServiceMonitor").doesNotContain("Secret");
    JsonNode container = container(rendered);
    assertThat(container.at("/envFrom/0/secretRef/name").asText()).isEqualTo("mysql-account");
    assertThat(container.path("args").toString()).contains("\"etcd-0:2379,etcd-1:2379\"");
    assertThat(rendered.get("ServiceMonitor").at("/spec/endpoints/0/path").asText())
        .isEqualTo("/metrics");
  }

  @Test
  void withACertificateTheProbesUseHttps() throws IOException {
    Manifests rendered = render("tls: {secret: broker-tls}\nserviceMonitor: {enabled: true}");

    rendered.validate();
    JsonNode container = container(rendered);
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      assertThat(container.path(probe).at("/httpGet/scheme").asText()).isEqualTo("HTTPS");
    }
    JsonNode tls =
        new ObjectMapper()
            .readTree(rendered.get("ConfigMap").at("/data/binlogbroker.json").asText())
            .at("/BrokerConfig/RPCTls");
    assertThat(tls.path("CertFile").asText()).isEqualTo("/etc/binlogbroker-tls/tls.crt");
    assertThat(container.path("volumeMounts").findValuesAsText("mountPath"))
        .contains("/etc/binlogbroker-tls");
    assertThat(rendered.get("Deployment").toString()).contains("\"secretName\":\"broker-tls\"");
    assertThat(rendered.get("ServiceMonitor").at("/spec/endpoints/0/scheme").asText())
        .isEqualTo("https");
  }

  @Test
  void aPodRunsWithoutPrivileges() throws IOException {
    Manifests rendered = render("");
    JsonNode pod = rendered.get("Deployment").at("/spec/template/spec");
    JsonNode container = container(rendered);

    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
    assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(container.at("/securityContext/capabilities/drop/0").asText()).isEqualTo("ALL");
    assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/livez");
    assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/readyz");
  }

  @Test
  void everyFolderThatTheConfigurationNamesIsAVolume() throws IOException {
    Manifests rendered = render("config: {BrokerConfig: {CommitInterval: 1s}}");
    JsonNode config =
        new ObjectMapper()
            .readTree(rendered.get("ConfigMap").at("/data/binlogbroker.json").asText())
            .path("BrokerConfig");
    List<String> mounted = container(rendered).path("volumeMounts").findValuesAsText("mountPath");

    assertThat(config.path("CommitInterval").asText()).isEqualTo("1s");
    assertThat(mounted).contains(config.path("LogDir").asText(), config.path("StateDir").asText());
  }

  @Test
  void aPasswordIsNotInTheConfigMap() throws IOException {
    Manifests rendered = render("secret: {values: {MYSQL_PASSWORD: example-password}}");

    assertThat(rendered.get("ConfigMap").toString()).doesNotContain("example-password");
    assertThat(rendered.get("Secret").at("/stringData/MYSQL_PASSWORD").asText())
        .isEqualTo("example-password");
  }

  @Test
  void anUnknownValueIsRefused() {
    assertThatThrownBy(() -> render("replica: 3")).hasMessageContaining("replica");
  }

  @Test
  void aSingleReplicaHasNoDisruptionBudget() throws IOException {
    assertThat(render("replicas: 1").kinds()).doesNotContain("PodDisruptionBudget");
  }

  /** With -Dmanifests=update the file is written instead. */
  @Test
  void theManifestsAreWhatTheChartRendersByDefault() throws IOException {
    String rendered =
        "# helm template binlogbroker deploy/helm/binlogbroker\n" + template("").call();
    if ("update".equals(System.getProperty("manifests"))) {
      Files.writeString(MANIFESTS, rendered);
    }

    assertThat(Files.readString(MANIFESTS)).isEqualTo(rendered);
    Manifests.read(rendered).validate();
  }

  private Manifests render(String values) throws IOException {
    return Manifests.read(template(values).call());
  }

  private TemplateCommand template(String values) throws IOException {
    Path file = Files.writeString(folder.resolve("values.yaml"), values);
    return new Helm(CHART)
        .template()
        .withName("binlogbroker")
        .withKubeVersion("1.30.0")
        .withValuesFile(file);
  }

  private static JsonNode container(Manifests rendered) {
    return rendered.get("Deployment").at("/spec/template/spec/containers/0");
  }
}
