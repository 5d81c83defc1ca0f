using System.CommandLine;

namespace EduUnion.Host.CommandLine;

/// <summary>Makes one command; each area brings its own (<c>definitions</c>, <c>tour</c>, <c>journal</c>).</summary>
public delegate Command CommandFactory(Shell shell);

/// <summary>
/// The program as seen from a terminal: without a command it serves. Exit codes: 0 done, 1 refused with one sentence on
/// stderr or not understood; a command may have more of its own.
/// </summary>
public sealed class Shell
{
    private readonly Option<string?> _data = new("--data")
    {
        Description =
            "Directory of the embedded database and of mails written as files (default: EDUUNION_DATA, or data).",
        HelpName = "DIR",
        Recursive = true,
    };

    private readonly Option<string> _urls = new("--urls")
    {
        Description = "Where to listen.",
        HelpName = "URL",
        DefaultValueFactory = _ => StartOptions.DefaultUrls,
    };

    private readonly Func<StartOptions, CancellationToken, Task> _serve;
    private readonly Func<StartOptions, WebApplication> _build;
    private readonly TextWriter _error;
    private string[] _settings = [];

    /// <param name="build">The program with all its parts, not yet started.</param>
    /// <param name="serve">Starts it and returns when it is told to stop.</param>
    /// <param name="error">Where refusals are told; stderr if absent.</param>
    public Shell(
        Func<StartOptions, WebApplication> build,
        Func<StartOptions, CancellationToken, Task> serve,
        TextWriter? error = null
    ) => (_build, _serve, _error) = (build, serve, error ?? Console.Error);

    public async Task<int> RunAsync(string[] args, params IEnumerable<CommandFactory> commands)
    {
        _settings = [.. args.Where(IsSetting)];
        var root = new RootCommand("EduUnion: approvals of education unions. Without a command it serves.")
        {
            _data,
            _urls,
        };
        foreach (var command in commands)
            root.Add(command(this));
        root.SetAction((line, cancellation) => _serve(Options(line), cancellation));
        try
        {
            // The host itself listens for Ctrl-C, and what goes wrong is told below.
            return await root.Parse([.. args.Except(_settings)])
                .InvokeAsync(
                    new InvocationConfiguration
                    {
                        EnableDefaultExceptionHandler = false,
                        ProcessTerminationTimeout = null,
                        Error = _error,
                    }
                );
        }
        catch (StartRefused refused)
        {
            await _error.WriteLineAsync(refused.Message);
            return 1;
        }
    }

    public StartOptions Options(ParseResult line) =>
        new(line.GetValue(_data) ?? Environment.GetEnvironmentVariable("EDUUNION_DATA") ?? "data")
        {
            Urls = line.GetValue(_urls) ?? StartOptions.DefaultUrls,
            Settings = _settings,
        };

    /// <summary>Uses the program's parts in one scope, without serving.</summary>
    public async Task<int> InScopeAsync(ParseResult line, Func<IServiceProvider, Task<int>> use)
    {
        await using var app = _build(Options(line));
        await using var scope = app.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider);
    }

    /// <summary>
    /// Settings of the configuration begin with a capital (<c>--Mail:Host=…</c>), options of this program do not, so a
    /// mistyped option is told and not taken for a setting. The host's own three come from test hosts.
    /// </summary>
    private static bool IsSetting(string token) =>
        token.StartsWith("--", StringComparison.Ordinal)
        && token.IndexOf('=', StringComparison.Ordinal) is > 2 and var end
        && (char.IsUpper(token[2]) || token[2..end] is "environment" or "contentRoot" or "applicationName");
}
