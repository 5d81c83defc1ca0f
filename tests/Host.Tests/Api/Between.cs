using EduUnion.Host.Tests.People;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Api;

/// <summary>
/// What stands between the clients of a journey and its program. Whoever plays a journey under faults puts it up; every
/// district that the journey opens stands behind it, and the journey itself knows nothing of it.
/// </summary>
internal abstract class Between
{
    private static readonly AsyncLocal<Between?> Standing = new();

    public static Between? Current => Standing.Value;

    /// <summary>For everything that the caller awaits from now on.</summary>
    public void StandUp() => Standing.Value = this;

    /// <summary>Changes parts of the program before it starts.</summary>
    public abstract void Change(IServiceCollection parts);

    /// <summary>What a client's requests go through.</summary>
    public abstract DelegatingHandler Gate(District district);

    /// <summary>It is later now, and the recurring jobs have not run.</summary>
    public abstract Task BeforeJobsAsync(District district);

    /// <summary>The journey is over; the district is still there.</summary>
    public abstract Task ClosingAsync(District district);
}
