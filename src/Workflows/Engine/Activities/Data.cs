using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Engine.Activities;

/// <summary>Writes a variable, named by its id, that is in scope.</summary>
internal sealed class SetVariable : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        burst.Write(node, burst.ActivityOf(node).VariableId!, burst.Input(node, "value"));
        burst.Complete(node);
    }
}

/// <summary>Writes an output of the workflow.</summary>
internal sealed class SetOutput : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        burst.SetOutput(node.Frame, Values.Text(burst.Input(node, "outputName")), burst.Input(node, "outputValue"));
        burst.Complete(node);
    }
}

internal sealed class Correlate : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        node.Instance.CorrelationId = Values.Text(burst.Input(node, "correlationId"));
        burst.Complete(node);
    }
}

internal sealed class SetName : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        node.Instance.Name = Values.Text(burst.Input(node, "value"));
        burst.Complete(node);
    }
}

/// <summary>Runs a script for its result; the script may name the outcomes.</summary>
internal sealed class RunJavaScript : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        burst.Bind(node, "result", burst.Input(node, "script"));
        burst.Complete(node, burst.TakeOutcomes());
    }
}

internal sealed class WriteLine : Behaviour
{
    public override void Execute(Execution burst, Node node)
    {
        burst.Trace(node, "output", Values.Text(burst.Input(node, "text")));
        burst.Complete(node);
    }
}
