namespace ControlTower.Launcher.Cluster;

/// <summary>The server's configuration, written at each start into a file that postgresql.conf includes.</summary>
internal static class ClusterSettings
{
    public const string FileName = "control-tower.conf";

    public static string Render(ClusterOptions options) => $"""
        # Written at each start; put what is yours into postgresql.auto.conf (ALTER SYSTEM).
        # No network: a socket in a folder that only the cluster's user (and root) may enter needs no port and no password.
        listen_addresses = ''
        unix_socket_directories = '{options.SocketFolder.Replace("'", "''", StringComparison.Ordinal)}'
        unix_socket_permissions = 0700
        port = {PrivateCluster.SocketNumber}
        max_connections = {options.MaxConnections}
        fsync = {OnOff(options.Durable)}
        synchronous_commit = {OnOff(options.Durable)}
        full_page_writes = {OnOff(options.Durable)}
        shared_buffers = {options.SharedBuffersMegabytes}MB
        work_mem = 16MB
        maintenance_work_mem = 128MB
        # The first change of a page after a checkpoint writes the whole page: packed cheaply, and rare enough.
        wal_compression = lz4
        max_wal_size = {options.MaxWalGigabytes}GB
        min_wal_size = {options.MinWalMegabytes}MB
        checkpoint_timeout = 15min
        random_page_cost = 1.1
        # Short statements, many of them: compiling one costs more than running it.
        jit = off
        # Queue tables turn over quickly: look at them often.
        autovacuum_naptime = 15s
        timezone = 'UTC'
        log_timezone = 'UTC'
        log_min_messages = warning
        # Statements and their values may hold personal data.
        log_min_error_statement = panic

        """;

    private static string OnOff(bool value) => value ? "on" : "off";
}
