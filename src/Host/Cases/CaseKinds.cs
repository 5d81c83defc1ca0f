namespace EduUnion.Host.Cases;

/// <summary>Which <see cref="ICase"/> reads the aggregate of a row.</summary>
public sealed class CaseKinds(MotionCases motions)
{
    public ICase Read(CaseRow row) =>
        row.Kind switch
        {
            MotionCase.KindName => motions.Read(row),
            _ => throw new InvalidOperationException($"No kind of case {row.Kind}."),
        };
}
