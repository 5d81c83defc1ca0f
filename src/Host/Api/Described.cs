namespace EduUnion.Host.Api;

/// <summary>What the API's description says of an endpoint beside its types.</summary>
internal static class Described
{
    private const string ProblemJson = "application/problem+json";

    /// <summary>The statuses of its refusals; 401 goes without saying wherever one must be signed in.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses)
            endpoint.ProducesProblem(status, ProblemJson);
        return endpoint;
    }
}
