namespace EduUnion.Workflows.Engine;

/// <summary>An activity cannot do what its document asks; becomes an incident.</summary>
internal sealed class ActivityFault(string reason) : Exception(reason);
