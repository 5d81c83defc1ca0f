using System.Collections.Immutable;
using EduUnion.Domain.People;

namespace EduUnion.Host.Seeds;

/// <summary>A file of <c>seeds/demo/</c>: the district's office or one school with its people.</summary>
internal sealed record DemoFile(string Code, string Name, string Phone)
{
    public ImmutableArray<DemoDepartment> Departments { get; init; } = [];
    public ImmutableArray<DemoDelegation> Delegations { get; init; } = [];
    public ImmutableArray<DemoMember> Members { get; init; } = [];
}

internal sealed record DemoDepartment(string Code, string Name, string Phone);

/// <param name="Head">Sign-in name of the delegation's head (代表团团长).</param>
internal sealed record DemoDelegation(string Name, string Head);

/// <param name="Login">Sign-in name and local part of the mail address.</param>
internal sealed record DemoMember(string Login, string Name)
{
    /// <summary>What the table of accounts says the person is for.</summary>
    public string Role { get; init; } = "";

    /// <summary>An office at the own organisation (<c>MotionSecretary</c>) or at a department (<c>DepartmentHead@ZWC</c>).</summary>
    public ImmutableArray<string> Offices { get; init; } = [];

    /// <summary>Of which delegation the member is a representative; null = of none.</summary>
    public string? Delegation { get; init; }

    public bool Account { get; init; } = true;

    /// <summary>The offices with the code of the department, if any.</summary>
    public IEnumerable<(Office Office, string? Department)> Held() =>
        Offices.Select(o => o.Split('@')).Select(o => (Enum.Parse<Office>(o[0]), o.ElementAtOrDefault(1)));
}
