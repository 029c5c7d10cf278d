# Imagify as a container: one static program and the certificate authorities, nothing else.
#
#   docker build -t imagify .
#   docker run --rm -p 127.0.0.1:8080:8080 -e IMAGIFY_MODE=development imagify    (to try it)
#
# For customers: settings in a file (the README's table), a volume, and a proxy with TLS in front.
#
#   docker run -d --name imagify --env-file imagify.env -v imagify:/data -p 127.0.0.1:8080:8080 \
#       --read-only --cap-drop ALL --security-opt no-new-privileges --restart always imagify

FROM debian:bookworm AS build
RUN apt-get update && apt-get install -qy --no-install-recommends ca-certificates
WORKDIR /src
COPY . .
# Installs what the build needs and builds build/imagify.
RUN ./run build && mkdir -m 0700 /empty

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /src/build/imagify /usr/bin/imagify
# A new volume gets the owner and the mode of this folder.
COPY --from=build --chown=10001:10001 /empty /data
USER 10001:10001
# Production, because everybody who reaches the port would get what development gives away.
ENV IMAGIFY_MODE=production IMAGIFY_LISTEN=0.0.0.0:8080 IMAGIFY_DATA=/data PATH=/usr/bin
VOLUME ["/data"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=6s --start-period=30s --retries=3 \
    CMD ["/usr/bin/imagify", "health"]
ENTRYPOINT ["/usr/bin/imagify"]
CMD ["serve"]
