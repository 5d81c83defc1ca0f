using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Engine;

/// <summary>The interpreter of workflow definitions.</summary>
public static class Engine
{
    /// <summary>
    /// Takes one stimulus in and runs until nothing can move. A pure function: the same arguments give the same result; the
    /// family given is not changed. A fault inside a process becomes an incident, never an exception.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The caller names a definition, instance or activity that is not there, or a restart that is not allowed.
    /// </exception>
    public static Burst Run(DefinitionSet definitions, Family family, Stimulus stimulus, DateTimeOffset now) =>
        new Execution(definitions, family, now).Run(stimulus);
}
