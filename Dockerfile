# For those who have a container engine: docker build -t binlogbroker .
# The release's image is built without one, see docs/release.md. mvn -B -q -DskipTests package first.
FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends openjdk-17-jre-headless \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 binlogbroker \
    && useradd --uid 10001 --gid 10001 --home-dir /var/lib/binlogbroker --no-create-home \
      --shell /usr/sbin/nologin binlogbroker \
    && install -d -o binlogbroker -g root -m 0770 /var/lib/binlogbroker /var/log/binlogbroker
COPY cli/target/lib/*.jar cli/target/lib/classes.lst cli/src/main/dist/lib/launcher.sh /usr/lib/binlogbroker/lib/
COPY --chmod=0755 cli/src/main/dist/bin/binlogbroker /usr/lib/binlogbroker/bin/
# Stores the classes for faster starts.
RUN /usr/lib/binlogbroker/bin/binlogbroker version
ENV PATH=/usr/lib/binlogbroker/bin:/usr/bin:/bin LANG=C.UTF-8
LABEL org.opencontainers.image.title=binlogbroker \
      org.opencontainers.image.source=https://github.com/binlogbroker/binlogbroker \
      org.opencontainers.image.licenses=Apache-2.0
USER 10001:0
WORKDIR /var/lib/binlogbroker
EXPOSE 8846
ENTRYPOINT ["/usr/lib/binlogbroker/bin/binlogbroker"]
