{{- define "binlogbroker.name" -}}
{{- if contains "binlogbroker" .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-binlogbroker" .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "binlogbroker.selector" -}}
app.kubernetes.io/name: binlogbroker
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "binlogbroker.labels" -}}
{{ include "binlogbroker.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "binlogbroker.secret" -}}
{{- .Values.secret.existing | default (include "binlogbroker.name" .) -}}
{{- end -}}
