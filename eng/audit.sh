# Sourced by eng/publish: says in one sentence when NuGet's audit could not look for known vulnerabilities. NuGet itself is silent about a source that
# offers no advisories.

# report_missing_audit LOG: LOG is what the restore printed.
report_missing_audit() {
    local source
    if ! grep -qE 'NU1900|NU1905' "$1" 2>/dev/null; then
        for source in $(dotnet nuget list source --format short 2>/dev/null | sed -n 's/^E[A-Z]* //p'); do
            case $source in http*) curl -fsSL -m 10 "$source" 2>/dev/null | grep VulnerabilityInfo >/dev/null && return ;; esac
        done
    fi
    echo "NuGet's audit has no data here (no package source offers advisories): packages were not checked for known vulnerabilities." >&2
}
