using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EduUnion.Host.Tests.People;

namespace EduUnion.Host.Tests.Api;

/// <summary>Somebody who uses the API: answers as JSON, problems by status and code.</summary>
internal sealed class Client(HttpClient http)
{
    public HttpClient Http => http;

    public static async Task<Client> OfAsync(Running running, string login) => new(await running.ClientOfAsync(login));

    public async Task<JsonElement> GetAsync(string path) => await OkAsync(await http.GetAsync(path));

    public async Task<JsonElement> PostAsync(string path, object? body = null, string? key = null) =>
        await OkAsync(await SendAsync(HttpMethod.Post, path, body, key));

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, string? key = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body ?? new { }) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return http.SendAsync(request);
    }

    /// <summary>The only task of this name that waits for the client.</summary>
    public async Task<Guid> TaskAsync(string name) =>
        (await GetAsync("/api/tasks?scope=mine"))
            .GetProperty("items")
            .EnumerateArray()
            .Single(t => t.GetProperty("name").GetString() == name)
            .GetProperty("id")
            .GetGuid();

    public async Task<JsonElement> DecideAsync(
        string name,
        string outcome,
        object? form = null,
        string? comment = null
    ) =>
        await PostAsync(
            $"/api/tasks/{await TaskAsync(name)}/decide",
            new
            {
                outcome,
                comment,
                form,
            }
        );

    /// <summary>Status and code of a refused request; the problem must be complete.</summary>
    public static async Task<(int Status, string Code)> RefusalAsync(HttpResponseMessage answer)
    {
        var problem = await ProblemAsync(answer);
        return ((int)answer.StatusCode, problem.GetProperty("code").GetString()!);
    }

    public static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer)
    {
        Assert.False(answer.IsSuccessStatusCode, $"accepted: {answer.StatusCode}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((int)answer.StatusCode, problem.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.GetProperty("title").GetString());
        Assert.DoesNotContain("refusal.", problem.GetProperty("title").GetString());
        Assert.NotEqual("", problem.GetProperty("code").GetString());
        return problem;
    }

    private static async Task<JsonElement> OkAsync(HttpResponseMessage answer)
    {
        Assert.True(
            answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created,
            $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}"
        );
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
